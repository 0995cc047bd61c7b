// How many wait in each line, and how long a newcomer would: always a range.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: queues
    required property var lines
    required property var words
    required property real unit

    readonly property real head: 52 * unit
    readonly property real foot: Theme.space.s * unit
    readonly property real row: Math.max(4, Math.min((height - head - foot) / Math.max(1, lines.length), 112 * unit))
    readonly property bool alone: (words.queues.second ?? "") === ""  // one language has the room of two
    readonly property real letters: alone ? Math.min(44 * unit, row * 0.56) : Math.min(36 * unit, row * 0.47)

    radius: Theme.corner.tile * unit
    color: Theme.colour.card

    Heading {
        x: Theme.space.l * queues.unit
        width: parent.width - 2 * x
        height: queues.head
        words: queues.words.queues
        unit: queues.unit
    }
    Repeater {
        model: queues.lines
        Item {
            id: line
            required property var modelData
            required property int index
            objectName: "queue-" + modelData.letter
            x: Theme.space.l * queues.unit
            y: queues.head + index * queues.row
            width: queues.width - 2 * x
            height: queues.row

            Rectangle {
                width: parent.width
                height: Math.max(1, 2 * queues.unit)
                color: Theme.colour.hair
            }
            Rectangle {
                id: letter
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(60 * queues.unit, line.height - 14 * queues.unit)
                height: width
                radius: Theme.corner.key * queues.unit
                color: Theme.colour.accent_tone
                Figures {
                    anchors.fill: parent
                    value: line.modelData.letter
                    size: parent.width * 0.7
                    ink: Theme.colour.accent
                }
            }
            Pair {
                anchors { left: letter.right; leftMargin: Theme.space.m * queues.unit; right: count.left; rightMargin: Theme.space.s * queues.unit; verticalCenter: parent.verticalCenter }
                words: line.modelData.name
                size: queues.letters
            }
            Figures {
                id: count
                objectName: "waiting"
                anchors { right: wait.left; rightMargin: Theme.space.m * queues.unit; top: parent.top; bottom: parent.bottom }
                width: 68 * queues.unit
                value: line.modelData.waiting
                size: queues.letters * 1.35
                ink: line.modelData.waiting === "0" ? Theme.colour.quiet : Theme.colour.ink
                alignment: Text.AlignRight
            }
            Pair {
                id: wait
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                width: 196 * queues.unit
                words: line.modelData.wait
                size: queues.letters
                bold: false
                alignment: Text.AlignRight
            }
        }
    }
}
