// One group of a form: at most four fields, the keyboard docked below (beside them on a wide panel).
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var it: kiosk.form
    readonly property var steps: it.steps ?? []
    readonly property var fields: it.fields ?? []
    readonly property var derived: it.derived ?? []

    name: "form"
    action: "next"
    actionLabel: words.next
    actionIcon: "next"

    Column {
        id: head

        width: page.wide ? parent.width * 0.48 : parent.width
        spacing: Theme.space.s

        Item {
            width: parent.width
            height: title.height

            Label {
                id: title

                width: Math.min(implicitWidth, parent.width)
                text: page.it.page ?? ""
                bold: true
                font.pixelSize: page.wide ? Theme.type.tile : Theme.type.tile + 4
                wrapMode: Text.NoWrap
            }
            Label {
                anchors.right: parent.right
                anchors.baseline: title.baseline
                width: Math.min(implicitWidth, parent.width - title.width - Theme.space.l)
                text: page.it.title ?? ""
                color: Theme.colour.quiet
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }
        Row {
            width: parent.width
            spacing: Theme.space.s
            visible: page.steps.length > 1

            Repeater {
                model: page.steps.length

                Column {
                    id: step

                    required property int index
                    readonly property var it: page.steps[index] ?? ({})

                    width: (head.width - (page.steps.length - 1) * Theme.space.s) / page.steps.length
                    spacing: Theme.space.xs

                    Rectangle {
                        width: parent.width
                        height: 10
                        radius: 5
                        color: step.it.now || step.it.done ? Theme.colour.accent : Theme.colour.hair
                    }
                    Label {
                        visible: !page.wide  // the title says it, and height is dear
                        width: parent.width
                        text: step.it.title ?? ""
                        color: step.it.now ? Theme.colour.accent : Theme.colour.quiet
                        bold: step.it.now ?? false
                        font.pixelSize: Theme.type.note
                        maximumLineCount: 1
                        elide: Text.ElideRight
                    }
                }
            }
        }
    }
    Column {
        y: head.height + Theme.space.l
        width: head.width
        spacing: page.wide ? Theme.space.m : Theme.space.m + Theme.space.xs

        Repeater {
            model: page.fields.length

            FormField {
                required property int index

                kiosk: page.kiosk
                it: page.fields[index] ?? ({})
                compact: page.wide
                width: head.width
            }
        }
        Flow {
            width: head.width
            spacing: Theme.space.l
            visible: !page.wide || page.fields.length < 4

            Repeater {
                model: page.derived.length

                Label {
                    required property int index
                    readonly property var it: page.derived[index] ?? ({})

                    width: Math.min(implicitWidth, head.width)
                    text: (it.label ?? "") + "  " + (it.value ?? "")
                    color: Theme.colour.good
                    font.pixelSize: 32
                }
            }
        }
    }
    Keyboard {
        kiosk: page.kiosk
        x: page.wide ? head.width + Theme.space.xl : 0
        width: parent.width - x
        y: parent.height - height
        height: implicitHeight
    }
}
