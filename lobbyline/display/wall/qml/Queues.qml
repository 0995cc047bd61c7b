// How many wait in each line, and for how many minutes a newcomer would: always a range. Figures need no language, so
// they stand alone under their heads; all rows have one size of letters.
import QtQuick
import Lobbyline.Glass

Card {
    id: queues
    required property var lines
    required property var words

    readonly property real head: 52 * unit
    readonly property real foot: Theme.space.s * unit
    readonly property real row: Math.max(4, Math.min((height - head - foot) / Math.max(1, lines.length), 112 * unit))
    readonly property real paired: Math.min(36 * unit, row * 0.46)  // letters of a name with another under it
    readonly property bool cramped: name.advanceWidth * 0.6 > names  // so long that both could not be read
    readonly property bool alone: cramped || (words.queues.second ?? "") === ""  // one language has the room of two
    readonly property real letters: alone ? Math.min(44 * unit, row * 0.56) : paired
    readonly property real figures: Math.min(46 * unit, row * 0.58)
    readonly property real gap: Theme.space.m * unit
    readonly property real edge: Theme.space.l * unit
    readonly property real inner: width - 2 * edge
    readonly property real waits: 2.9 * figures  // five signs
    readonly property real counts: 1.9 * figures  // three
    readonly property real sign: Math.min(60 * unit, row - 14 * unit)
    readonly property real names: inner - sign - counts - waits - 2 * gap - edge

    TextMetrics {
        id: name  // the longest decides for all
        text: queues.lines.reduce((one, line) => line.name.first.length > one.length ? line.name.first : one, "")
        font { family: Theme.type.family; pixelSize: Math.max(1, queues.paired); bold: true }
    }
    readonly property real fitting: Math.floor(Math.max(0.53 * letters, Math.min(letters, paired * names / Math.max(1, name.advanceWidth))))

    Heading {
        x: queues.edge
        width: queues.inner - queues.waits - queues.edge - people.implicitWidth
        height: queues.head
        words: queues.words.queues
        unit: queues.unit
    }
    Heading {
        id: people
        x: queues.edge + queues.inner - queues.waits - queues.edge - width
        width: implicitWidth
        height: queues.head
        words: queues.words.people
        unit: queues.unit * 0.76
    }
    Heading {
        x: queues.edge + queues.inner - width
        width: queues.waits
        height: queues.head
        words: queues.words.minutes
        unit: queues.unit * 0.76
        horizontalAlignment: Text.AlignRight
    }
    Repeater {
        model: queues.lines
        Item {
            id: line
            required property var modelData
            required property int index
            readonly property color ink: modelData.waiting === "0" ? Theme.colour.quiet : Theme.colour.ink
            objectName: "queue-" + modelData.letter
            x: queues.edge
            y: queues.head + index * queues.row
            width: queues.inner
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
                anchors { left: letter.right; leftMargin: queues.gap; verticalCenter: parent.verticalCenter }
                width: queues.names
                text: line.modelData.name.first
                color: Theme.colour.ink
                wrapMode: Text.WordWrap
                maximumLineCount: Math.max(1, Math.floor(queues.row / (1.25 * queues.fitting)))
                lineHeight: 0.8
                elide: Text.ElideRight
                font { family: Theme.type.family; pixelSize: queues.fitting; bold: true }
            }
            Pair {
                objectName: "name"
                visible: !queues.alone
                anchors { left: letter.right; leftMargin: queues.gap; verticalCenter: parent.verticalCenter }
                width: queues.names
                words: line.modelData.name
                size: queues.fitting
                ratio: 0.68
                least: 0.7  // the second one's, where it is the longer
            }
            Figures {
                objectName: "waiting"
                x: wait.x - queues.edge - width
                width: queues.counts
                height: parent.height
                value: line.modelData.waiting
                size: queues.figures
                ink: line.ink
                alignment: Text.AlignRight
            }
            Figures {
                id: wait
                objectName: "minutes"
                x: parent.width - width
                width: queues.waits
                height: parent.height
                value: line.modelData.wait
                size: queues.figures
                ink: line.ink
                weight: Font.Normal
                alignment: Text.AlignRight
            }
        }
    }
}
