// Every counter under its state: open, paused, closed; side by side, or below each other where many would be too small.
import QtQuick
import Lobbyline.Glass

Card {
    id: counters
    required property string serving
    required property string paused
    required property string shut
    required property var words

    readonly property var kinds: [
        { "name": "serving", "label": both(words.serving), "numbers": serving, "ink": Theme.colour.good },
        { "name": "paused", "label": both(words.paused), "numbers": paused, "ink": Theme.colour.warn },
        { "name": "shut", "label": both(words.shut), "numbers": shut, "ink": Theme.colour.quiet },
    ].filter(kind => kind.numbers !== "")
    readonly property real inner: width - 2 * Theme.space.l * unit
    readonly property bool stacked: row.advanceWidth > 1.4 * inner
    readonly property real letters: (stacked ? 38 : 48) * unit

    function both(label: var): string {
        return label.second ? label.first + " " + label.second : label.first
    }

    TextMetrics {
        id: row  // all numbers side by side
        text: counters.kinds.map(kind => kind.numbers).join("  ")
        font { family: Theme.type.family; pixelSize: Math.max(1, 48 * counters.unit); bold: true }
    }
    TextMetrics {
        id: longest  // of all labels: numbers below each other begin at one place
        text: counters.kinds.reduce((one, kind) => kind.label.length > one.length ? kind.label : one, "")
        font { family: Theme.type.family; pixelSize: Math.max(1, 28 * counters.unit) }
    }
    Grid {
        anchors { left: parent.left; leftMargin: Theme.space.l * counters.unit; verticalCenter: parent.verticalCenter }
        columns: counters.stacked ? 1 : 3
        columnSpacing: Theme.space.xl * counters.unit
        transformOrigin: Item.Left
        scale: Math.min(1, counters.inner / Math.max(1, width), counters.height / Math.max(1, height))

        Repeater {
            model: counters.kinds
            Grid {
                id: kind
                required property var modelData
                columns: counters.stacked ? 2 : 1
                verticalItemAlignment: Grid.AlignVCenter
                Text {
                    width: counters.stacked ? longest.advanceWidth + Theme.space.m * counters.unit : undefined
                    height: 40 * counters.unit
                    text: kind.modelData.label
                    color: kind.modelData.ink
                    verticalAlignment: Text.AlignVCenter
                    font: longest.font
                }
                Text {
                    objectName: kind.modelData.name
                    height: 1.125 * counters.letters
                    text: kind.modelData.numbers
                    color: kind.modelData.ink
                    verticalAlignment: Text.AlignVCenter
                    font { family: Theme.type.family; pixelSize: Math.max(1, counters.letters); bold: true }
                }
            }
        }
    }
}
