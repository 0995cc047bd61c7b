// What an attendant does at the kiosk: roll, test, papers once more, a new start.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var it: kiosk.attendantView
    readonly property var papers: it.papers ?? []
    readonly property var deeds: [
        { "name": "roll", "icon": "receipt" },
        { "name": "trial", "icon": "printer" },
        { "name": "restart", "icon": "renew" },
    ]

    name: "attendant"
    title: words.attendant_title
    back: false
    action: "done"
    actionLabel: words.done
    actionIcon: "check"

    Column {
        id: head

        width: parent.width
        spacing: Theme.space.m

        Pill {
            icon: page.it.good ? "check" : "warn"
            sort: page.it.good ? "good" : "warn"
            text: page.it.state ?? ""
        }
        Label {
            visible: text !== ""
            width: parent.width
            text: page.it.sentence ?? ""
            color: Theme.colour.quiet
            maximumLineCount: 4
            elide: Text.ElideRight
        }
        Pill {
            visible: text !== ""
            icon: "warn"
            sort: "warn"
            most: head.width
            text: page.it.silent ?? ""
        }
    }
    Grid {
        y: head.height + (page.low ? Theme.space.m : Theme.space.xl)
        id: keys

        readonly property real cell: (head.width - (columns - 1) * spacing) / columns

        columns: page.wide ? 3 : page.low ? 2 : 1
        spacing: Theme.space.m

        Repeater {
            model: page.deeds

            Button {
                required property var modelData

                kiosk: page.kiosk
                name: modelData.name
                label: page.words[modelData.name]
                icon: modelData.icon
                width: keys.cell
                size: Theme.type.tile - 4
            }
        }
        Repeater {
            model: page.papers.length

            Button {
                required property int index
                readonly property var it: page.papers[index] ?? ({})

                kiosk: page.kiosk
                name: it.name ?? ""
                label: page.words.again_print.replace("{number}", it.number ?? "")
                icon: "ticket"
                width: keys.cell
                size: Theme.type.tile - 4
            }
        }
    }
}
