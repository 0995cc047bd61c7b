// How many wait in each line, and how long a newcomer would: always a range. All rows have one size of letters.
import QtQuick
import Lobbyline.Glass

Card {
    id: queues
    required property var lines
    required property var words

    readonly property real head: 52 * unit
    readonly property real foot: Theme.space.s * unit
    readonly property real row: Math.max(4, Math.min((height - head - foot) / Math.max(1, lines.length), 112 * unit))
    readonly property bool alone: (words.queues.second ?? "") === ""  // one language has the room of two
    readonly property real letters: alone ? Math.min(44 * unit, row * 0.56) : Math.min(36 * unit, row * 0.47)
    readonly property real waits: 168 * unit
    readonly property real counts: 72 * unit
    readonly property real sign: Math.min(60 * unit, row - 14 * unit)
    readonly property real names: width - 2 * Theme.space.l * unit - sign - counts - waits - 2.5 * Theme.space.m * unit

    // the longest of all rows in a column decides for all
    function longest(texts) { return texts.reduce((one, other) => other.length > one.length ? other : one, "") }
    function fitting(width, metrics) { return metrics.font.pixelSize * Math.max(0.53, Math.min(1, width / Math.max(1, metrics.advanceWidth))) }

    TextMetrics {
        id: name
        text: queues.longest(queues.lines.map(line => line.name.first))
        font { family: Theme.type.family; pixelSize: Math.max(1, queues.letters); bold: true }
    }
    TextMetrics {
        id: span
        text: queues.longest(queues.lines.map(line => line.wait.first))
        font { family: Theme.type.family; pixelSize: Math.max(1, 0.88 * queues.letters) }
    }
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
                width: queues.sign
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
            Text {
                objectName: "name"
                visible: queues.alone
                anchors { left: letter.right; leftMargin: Theme.space.m * queues.unit; verticalCenter: parent.verticalCenter }
                width: queues.names
                text: line.modelData.name.first
                color: Theme.colour.ink
                wrapMode: Text.Wrap
                maximumLineCount: 2
                lineHeight: 0.8
                elide: Text.ElideRight
                font { family: Theme.type.family; pixelSize: queues.fitting(width, name); bold: true }
            }
            Pair {
                objectName: "name"
                visible: !queues.alone
                anchors { left: letter.right; leftMargin: Theme.space.m * queues.unit; verticalCenter: parent.verticalCenter }
                width: queues.names
                words: line.modelData.name
                size: queues.fitting(width, name)
                least: 1
            }
            Figures {
                objectName: "waiting"
                anchors { right: wait.left; rightMargin: Theme.space.m * queues.unit; top: parent.top; bottom: parent.bottom }
                width: queues.counts
                value: line.modelData.waiting
                size: queues.letters * 1.35
                ink: line.modelData.waiting === "0" ? Theme.colour.quiet : Theme.colour.ink
                alignment: Text.AlignRight
            }
            Pair {
                id: wait
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                width: queues.waits
                words: line.modelData.wait
                size: queues.fitting(width, span)
                least: 1
                bold: false
                alignment: Text.AlignRight
            }
        }
    }
}
