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

        readonly property int count: below.keys.length + below.also.length
        readonly property real cell: (below.width - (count - 1) * spacing) / Math.max(1, count)

        visible: count > 1
        spacing: Theme.space.s

        Repeater {
            model: below.keys.length

            Choice {
                required property int index

                kiosk: below.kiosk
                it: ({ "name": below.keys[index]?.name, "label": below.keys[index]?.short, "chosen": below.keys[index]?.active })
                tab: true
                border.color: below.keys[index]?.error ? Theme.colour.bad : chosen ? Theme.colour.accent : Theme.colour.line
                width: row.cell
                height: 84
            }
        }
        Repeater {
            model: below.also.length

            Choice {
                required property int index

                kiosk: below.kiosk
                it: below.also[index] ?? ({})
                width: row.cell
                height: 84
            }
        }
    }
    Grid {
        id: grid

        readonly property real room: below.height - (row.visible ? row.height + below.spacing : 0)

        visible: below.answers.length > 0
        columns: below.question || (below.active.tick ?? false) ? 1 : Math.min(2, below.answers.length)
        spacing: below.spacing

        Repeater {
            model: below.answers.length

            Choice {
                required property int index

                kiosk: below.kiosk
                it: below.answers[index] ?? ({})
                plain: true
                round: !(below.active.tick ?? false)
                width: (below.width - (grid.columns - 1) * grid.spacing) / grid.columns
                height: Math.min(Theme.large ? 150 : 120, (grid.room + grid.spacing) / Math.ceil(below.answers.length / grid.columns) - grid.spacing)
            }
        }
    }
}
