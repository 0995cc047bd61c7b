// One line of a form: label and example above, what was typed in the frame, in words below what to mend.
import QtQuick
import Lobbyline.Glass

Column {
    id: field

    required property QtObject kiosk
    required property var it
    property bool compact: false
    property real box: compact ? 84 : Theme.size.key  // height of its frame
    property bool tight: compact  // what is wrong stands beside the label, not in a line of its own
    property bool shown: false  // only to be read: it is touched elsewhere
    property bool question: false  // alone on its page, in large words, its answers one below another
    readonly property var choices: it.choices ?? []
    readonly property string trouble: it.error || it.note || ""
    readonly property string hint: it.hint || it.optional || ""
    readonly property string aside: tight && (trouble || it.remark) || hint  // beside the label, where there is room for it
    readonly property bool tick: it.tick ?? false

    spacing: Theme.space.xs

    Label {
        visible: field.question
        width: parent.width
        bottomPadding: Theme.space.m
        text: field.it.label ?? ""
        bold: true
        font.pixelSize: Theme.type.tile
    }
    Item {
        visible: !field.question && !field.tick
        width: parent.width
        height: label.height

        Label {
            id: label

            width: Math.min(implicitWidth, parent.width)
            text: field.it.label ?? ""
            bold: true
            font.pixelSize: Theme.type.label
            lineHeight: 1
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        Label {
            id: beyond

            readonly property real room: parent.width - label.width - Theme.space.l
            readonly property bool fits: field.tight || implicitWidth <= room

            visible: fits
            anchors.right: parent.right
            width: Math.min(implicitWidth, room)
            anchors.baseline: label.baseline
            text: field.aside
            color: !field.tight || !field.trouble ? Theme.colour.quiet : field.it.error ? Theme.colour.bad : Theme.colour.warn
            font.pixelSize: Theme.type.note
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
    }
    Row {
        width: parent.width
        spacing: Theme.space.m

        Touch {
            id: frame

            visible: !(field.it.inside ?? false) || (field.shown && !field.tick && !field.question)
            enabled: !field.shown
            kiosk: field.kiosk
            name: field.it.name ?? ""
            label: (field.it.label ?? "") + " " + (field.it.value ?? "")
            width: parent.width - (beside.visible ? beside.width + Theme.space.m : 0)
            height: field.box
            radius: Theme.corner.key
            under: Theme.colour.card
            border.width: field.it.active ? 4 : 2
            border.color: field.it.error ? Theme.colour.bad : field.it.active ? Theme.colour.accent : Theme.colour.line

            Row {
                anchors.verticalCenter: parent.verticalCenter
                x: Math.min(Theme.space.l, frame.width - width - Theme.space.l)

                Label {
                    text: field.it.value ?? ""
                    font.pixelSize: Theme.type.entry
                    lineHeight: 1
                    wrapMode: Text.NoWrap
                }
                Label {
                    text: field.it.letters ?? ""
                    color: Theme.colour.accent
                    font.pixelSize: Theme.type.entry
                    font.underline: true
                    lineHeight: 1
                    wrapMode: Text.NoWrap
                }
                Rectangle {
                    visible: field.it.active ?? false
                    width: 4
                    height: 1.15 * Theme.type.entry
                    color: Theme.colour.accent
                }
            }
            clip: true
        }
        Grid {
            id: beside

            visible: field.choices.length > 0 && !field.shown
            width: field.it.inside ? parent.width : field.choices.length * (Theme.large ? 300 : 220)
            readonly property real cell: (width - (columns - 1) * spacing) / columns
            readonly property real tall: field.question ? 150 : field.tick ? Theme.size.bar : field.box

            columns: field.question ? (width > 1200 ? 2 : 1) : Math.max(1, Math.min(field.choices.length, field.it.inside && Theme.large ? Math.floor(width / 400) : 9))
            spacing: Theme.space.m

            Answers {
                id: answers

                among: field.choices
                plain: field.question || field.tick
                cell: beside.cell
                tall: beside.tall
            }
            Repeater {
                model: field.choices.length

                Choice {
                    required property int index

                    kiosk: field.kiosk
                    it: field.choices[index] ?? ({})
                    alike: answers
                    plain: answers.plain
                    round: field.question
                    width: beside.cell
                    height: beside.tall
                }
            }
        }
    }
    Label {
        width: parent.width
        visible: text !== "" && (!field.tight || field.tick)
        text: field.trouble || field.it.remark || (beyond.fits ? "" : field.hint)
        color: field.it.error ? Theme.colour.bad : field.it.note ? Theme.colour.warn : Theme.colour.quiet
        font.pixelSize: Theme.type.note
    }
}
