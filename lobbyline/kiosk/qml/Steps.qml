// How far a form has come: a bar for each page of it, with its name where there is room.
import QtQuick
import Lobbyline.Glass

Row {
    id: head

    required property var steps
    property bool named: true

    spacing: Theme.space.s

    Repeater {
        model: head.steps.length > 1 ? head.steps.length : 0

        Column {
            id: step

            required property int index
            readonly property var it: head.steps[index] ?? ({})

            width: (head.width - (head.steps.length - 1) * head.spacing) / head.steps.length
            spacing: Theme.space.xs

            Rectangle {
                width: parent.width
                height: 10
                radius: 5
                color: step.it.now || step.it.done ? Theme.colour.accent : Theme.colour.hair
            }
            Label {
                visible: head.named
                width: parent.width
                text: step.it.title ?? ""
                color: step.it.now ? Theme.colour.accent : Theme.colour.quiet
                bold: step.it.now ?? false
                font.pixelSize: Theme.type.note
                lineHeight: 1
                maximumLineCount: 2
                elide: Text.ElideRight
            }
        }
    }
}
