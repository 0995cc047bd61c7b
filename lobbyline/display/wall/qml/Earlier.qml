// The six calls before the last one, newest on top; those still in their colour keep it, and one that was pushed down
// here while it flashed goes on flashing. Fewer of them stand larger.
import QtQuick
import Lobbyline.Glass

Card {
    id: list
    required property var calls
    required property var words
    required property bool inverse  // as the newest call is now

    readonly property bool narrow: width < 900 * unit
    readonly property real head: 56 * unit
    readonly property real inner: width - 2 * Theme.space.xl * unit
    readonly property real row: Math.max(2, (height - head - Theme.space.m * unit) / Math.max(3, calls.length))

    TextMetrics {
        id: longest  // of all places: they have one size
        text: list.calls.reduce((one, call) => call.place.first.length > one.length ? call.place.first : one, "")
        font { family: Theme.type.family; pixelSize: Math.max(1, Math.min((list.narrow ? 56 : 72) * list.unit, list.row * 0.7)); bold: true }
    }
    Heading {
        x: Theme.space.xl * list.unit
        width: parent.width - 2 * x
        height: list.head
        words: list.words.earlier
        unit: list.unit
    }
    Repeater {
        model: list.calls
        Item {
            id: call
            required property var modelData
            required property int index
            readonly property bool inverse: modelData.new && list.inverse
            readonly property color own: inverse ? Theme.colour.called : Theme.colour.called_ink
            readonly property color ink: modelData.fresh ? own : Theme.colour.ink
            readonly property color quiet: modelData.fresh ? own : Theme.colour.quiet
            objectName: "earlier-" + index
            x: Theme.space.xl * list.unit
            y: list.head + index * list.row
            width: list.width - 2 * x
            height: list.row

            Rectangle {
                visible: call.index > 0
                width: parent.width
                height: Math.max(1, 2 * list.unit)
                color: Theme.colour.hair
            }
            Rectangle {
                visible: call.modelData.fresh
                anchors.verticalCenter: parent.verticalCenter
                x: -Theme.space.m * list.unit
                width: parent.width + 2 * Theme.space.m * list.unit
                height: parent.height - Theme.space.s * list.unit
                radius: Theme.corner.key * list.unit
                color: call.inverse ? Theme.colour.called_ink : Theme.colour.called
            }
            Figures {
                width: parent.width * (list.narrow ? 0.37 : 0.28)
                height: parent.height
                value: call.modelData.number
                size: Math.min((list.narrow ? 80 : 96) * list.unit, list.row * 0.84)
                ink: call.ink
                alignment: Text.AlignLeft
            }
            Figures {
                x: parent.width * (list.narrow ? 0.4 : 0.3)
                width: parent.width * 0.1
                height: parent.height
                value: "→"
                size: Math.min(56 * list.unit, list.row * 0.6)
                ink: call.quiet
            }
            Text {
                id: place
                anchors { verticalCenter: parent.verticalCenter; verticalCenterOffset: -0.053 * font.pixelSize }
                x: parent.width * (list.narrow ? 0.54 : 0.44)
                text: call.modelData.place.first
                color: call.ink
                font { family: Theme.type.family; pixelSize: Math.max(1, longest.font.pixelSize * Math.min(1, list.inner * 0.46 / Math.max(1, longest.advanceWidth))); bold: true }
            }
            Text {
                visible: !list.narrow
                anchors { right: parent.right; baseline: place.baseline }
                text: call.modelData.place.second
                color: call.quiet
                font { family: Theme.type.family; pixelSize: 38 * list.unit }
            }
        }
    }
}
