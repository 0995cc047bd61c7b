// Something is missing: for each paper what to do, said before anybody waits for nothing.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var papers: kiosk.ready.bring ?? []

    name: "lacking"
    action: "take"
    actionLabel: words.lacking_take
    actionIcon: "ticket"
    second: "done"
    secondLabel: words.lacking_leave
    secondIcon: "home"

    Heading {
        id: title

        width: parent.width
        text: page.words.lacking_title
    }
    Grid {
        id: grid

        y: title.height + Theme.space.l
        width: parent.width
        columns: page.wide ? 2 : 1
        spacing: Theme.space.l

        Repeater {
            model: page.papers.length

            Paper {
                required property int index
                readonly property var it: page.papers[index] ?? ({})

                width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                height: Math.min(210, (page.height - 460) / Math.max(1, Math.ceil(page.papers.length / grid.columns)))
                icon: it.icon ?? ""
                text: it.text ?? ""
                note: it.missing || page.words.lacking_fine
            }
        }
    }
}
