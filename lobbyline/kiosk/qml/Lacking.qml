// Something is missing: for each paper what to do, said before anybody waits for nothing.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var papers: kiosk.ready.bring ?? []

    name: "lacking"
    title: words.lacking_title
    poster: false
    action: "take"
    actionLabel: words.lacking_take
    actionIcon: "ticket"
    second: "done"
    secondLabel: words.lacking_leave
    secondIcon: "home"

    Grid {
        id: grid

        readonly property real room: page.low && !page.wide ? page.from - Theme.size.strip : parent.height

        width: parent.width
        columns: page.wide ? 2 : 1
        spacing: Theme.space.l

        Repeater {
            model: page.papers.length

            Paper {
                required property int index
                readonly property var it: page.papers[index] ?? ({})

                width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                height: Math.min(210, (grid.room + grid.spacing) / Math.max(1, Math.ceil(page.papers.length / grid.columns)) - grid.spacing)
                icon: it.icon ?? ""
                text: it.text ?? ""
                note: it.missing || page.words.lacking_fine
            }
        }
    }
}
