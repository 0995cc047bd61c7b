// The fields of a page as keys in reach, for a form that is only shown above: which one is typed, and its choices.
import QtQuick
import Lobbyline.Glass

Column {
    id: below

    required property QtObject kiosk
    required property var fields
    required property bool question
    readonly property var active: fields.find(it => it.active) ?? ({})
    readonly property var keys: fields.filter(it => !it.tick)
    readonly property var choices: active.choices ?? []
    readonly property bool beside: !(active.inside ?? false)  // one more way to answer, next to the fields
    readonly property var also: beside ? choices : []
    readonly property var answers: beside ? [] : choices
    readonly property real taken: (row.visible ? row.height + spacing : 0) + (grid.visible ? grid.height + spacing : 0)

    spacing: Theme.space.s + Theme.space.xs

    Row {
        id: row

        readonly property var tabs: below.keys.map(key => key.tab)
        readonly property int count: tabs.length + below.also.length

        visible: count > 1
        spacing: Theme.space.s

        Answers {
            id: named

            among: row.tabs.concat(below.also)
            cell: (below.width - (row.count - 1) * row.spacing) / Math.max(1, row.count)
            tall: 84
        }
        Repeater {
            model: row.tabs.length

            Choice {
                required property int index

                kiosk: below.kiosk
                it: row.tabs[index] ?? ({})
                alike: named
                tab: true
                border.color: below.keys[index]?.error ? Theme.colour.bad : chosen ? Theme.colour.accent : Theme.colour.line
                width: named.cell
                height: named.tall
            }
        }
        Repeater {
            model: below.also.length

            Choice {
                required property int index

                kiosk: below.kiosk
                it: below.also[index] ?? ({})
                alike: named
                width: named.cell
                height: named.tall
            }
        }
    }
    Grid {
        id: grid

        readonly property real room: below.height - (row.visible ? row.height + below.spacing : 0)

        visible: below.answers.length > 0
        columns: below.question || (below.active.tick ?? false) ? 1 : Math.max(1, Math.min(2, below.answers.length))
        spacing: below.spacing

        Answers {
            id: answers

            among: below.answers
            plain: true
            cell: (below.width - (grid.columns - 1) * grid.spacing) / grid.columns
            tall: Math.min(Theme.large ? 150 : 120, (grid.room + grid.spacing) / Math.ceil(Math.max(1, below.answers.length) / grid.columns) - grid.spacing)
        }
        Repeater {
            model: below.answers.length

            Choice {
                required property int index

                kiosk: below.kiosk
                it: below.answers[index] ?? ({})
                alike: answers
                plain: true
                round: !(below.active.tick ?? false)
                width: answers.cell
                height: answers.tall
            }
        }
    }
}
