// Every counter under its state: open, paused, closed; side by side, each as wide as its numbers need.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: counters
    required property string serving
    required property string paused
    required property string shut
    required property var words
    required property real unit

    readonly property var kinds: [
        { "name": "serving", "label": words.serving, "numbers": serving, "ink": Theme.colour.good },
        { "name": "paused", "label": words.paused, "numbers": paused, "ink": Theme.colour.warn },
        { "name": "shut", "label": words.shut, "numbers": shut, "ink": Theme.colour.quiet },
    ].filter(kind => kind.numbers !== "")
    // a state with one counter still needs room for its word
    readonly property real whole: kinds.reduce((sum, kind) => sum + share(kind.numbers), 0)

    function share(numbers) { return Math.max(9.5, numbers.length + 2) }

    radius: Theme.corner.tile * unit
    color: Theme.colour.card

    Row {
        id: row
        x: Theme.space.l * counters.unit
        y: 10 * counters.unit
        width: parent.width - 2 * x
        height: parent.height - 2 * y

        Repeater {
            model: counters.kinds
            Item {
                id: kind
                required property var modelData
                objectName: modelData.name
                width: row.width * counters.share(modelData.numbers) / counters.whole
                height: row.height

                Text {
                    id: label
                    width: parent.width - Theme.space.m * counters.unit
                    height: 40 * counters.unit
                    text: kind.modelData.label.second ? kind.modelData.label.first + " " + kind.modelData.label.second : kind.modelData.label.first
                    color: kind.modelData.ink
                    verticalAlignment: Text.AlignVCenter
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: 16 * counters.unit
                    font { family: Theme.type.family; pixelSize: 28 * counters.unit }
                }
                Figures {
                    anchors { left: parent.left; right: label.right; top: label.bottom; bottom: parent.bottom }
                    value: kind.modelData.numbers
                    size: 46 * counters.unit
                    ink: kind.modelData.ink
                    alignment: Text.AlignLeft
                }
            }
        }
    }
}
