// What people often ask about a service, and what one tells them: said before anybody waits to ask it.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var asked: kiosk.ready.faq ?? []

    name: "faq"
    title: words.faq
    note: kiosk.ready.title ?? ""
    poster: false
    action: "take"
    actionLabel: words.take
    actionIcon: "ticket"

    Grid {
        id: grid

        width: parent.width
        columns: page.wide ? 2 : 1
        spacing: Theme.space.l

        Repeater {
            model: page.asked.length

            Rectangle {
                id: card

                required property int index
                readonly property var it: page.asked[index] ?? ({})

                width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                height: told.height + 2 * Theme.space.l
                radius: Theme.corner.tile
                color: Theme.colour.card
                border.width: Theme.size.frame
                border.color: Theme.colour.line

                Column {
                    id: told

                    x: Theme.space.l
                    y: Theme.space.l
                    width: parent.width - 2 * x
                    spacing: Theme.space.s

                    Label {
                        width: parent.width
                        text: card.it.ask ?? ""
                        bold: true
                        font.pixelSize: Theme.type.tile - 4
                    }
                    Label {
                        width: parent.width
                        text: card.it.answer ?? ""
                        color: Theme.colour.quiet
                    }
                }
            }
        }
    }
}
