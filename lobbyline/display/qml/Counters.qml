// Counters that call nobody now: paused or closed; side by side, or one above the other where it is narrow.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: counters
    required property string paused
    required property string shut
    required property var words
    required property real unit
    required property bool stacked

    readonly property bool both: paused !== "" && shut !== ""

    visible: paused !== "" || shut !== ""
    radius: Theme.corner.tile * unit
    color: Theme.colour.card

    Repeater {
        model: [
            { "name": "paused", "label": counters.words.paused, "numbers": counters.paused, "ink": Theme.colour.warn },
            { "name": "shut", "label": counters.words.shut, "numbers": counters.shut, "ink": Theme.colour.quiet },
        ]
        Item {
            id: kind
            required property var modelData
            required property int index
            objectName: modelData.name
            visible: modelData.numbers !== ""
            x: Theme.space.l * counters.unit + (second && !counters.stacked ? counters.width / 2 : 0)
            y: second && counters.stacked ? counters.height / 2 : 0
            width: (counters.both && !counters.stacked ? counters.width / 2 : counters.width) - 2 * Theme.space.l * counters.unit
            height: counters.both && counters.stacked ? counters.height / 2 : counters.height
            readonly property bool second: counters.both && index === 1

            Pair {
                id: label
                anchors.verticalCenter: parent.verticalCenter
                width: 96 * counters.unit
                words: kind.modelData.label
                size: 30 * counters.unit
                ratio: 0.72
                ink: kind.modelData.ink
                secondInk: kind.modelData.ink
            }
            Figures {
                anchors { left: label.right; right: parent.right }
                height: parent.height
                value: kind.modelData.numbers
                size: 44 * counters.unit
                ink: kind.modelData.ink
                alignment: Text.AlignLeft
            }
        }
    }
}
