// Every counter under its state: open, paused, closed; side by side in one size, which many of them share out.
import QtQuick
import Lobbyline.Glass

Card {
    id: counters
    required property string serving
    required property string paused
    required property string shut
    required property var words

    readonly property real pad: Theme.space.l * unit

    Row {
        anchors { left: parent.left; leftMargin: counters.pad; verticalCenter: parent.verticalCenter }
        spacing: Theme.space.xl * counters.unit
        transformOrigin: Item.Left
        scale: Math.min(1, (counters.width - 2 * counters.pad) / Math.max(1, width))

        Repeater {
            model: [
                { "name": "serving", "label": counters.words.serving, "numbers": counters.serving, "ink": Theme.colour.good },
                { "name": "paused", "label": counters.words.paused, "numbers": counters.paused, "ink": Theme.colour.warn },
                { "name": "shut", "label": counters.words.shut, "numbers": counters.shut, "ink": Theme.colour.quiet },
            ].filter(kind => kind.numbers !== "")
            Column {
                id: kind
                required property var modelData
                objectName: modelData.name
                Text {
                    height: 40 * counters.unit
                    text: kind.modelData.label.second ? kind.modelData.label.first + " " + kind.modelData.label.second : kind.modelData.label.first
                    color: kind.modelData.ink
                    verticalAlignment: Text.AlignVCenter
                    font { family: Theme.type.family; pixelSize: 28 * counters.unit }
                }
                Text {
                    height: 54 * counters.unit
                    text: kind.modelData.numbers
                    color: kind.modelData.ink
                    verticalAlignment: Text.AlignVCenter
                    font { family: Theme.type.family; pixelSize: 48 * counters.unit; bold: true }
                }
            }
        }
    }
}
