// How far a form has come: a bar for each page of it, with its name where there is room.
import QtQuick
import Lobbyline.Glass

Column {
    id: head

    required property var steps
    property bool named: true
    property string detail: ""

    spacing: Theme.space.s

    Row {
        width: parent.width
        spacing: Theme.space.s
        visible: head.steps.length > 1

        Repeater {
            model: head.steps.length

            Column {
                id: step

                required property int index
                readonly property var it: head.steps[index] ?? ({})

                width: (head.width - (head.steps.length - 1) * Theme.space.s) / head.steps.length
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
    Label {
        visible: text !== ""
        width: parent.width
        text: head.detail
        color: Theme.colour.quiet
        font.pixelSize: Theme.type.note
        maximumLineCount: 1
        elide: Text.ElideRight
    }
}
