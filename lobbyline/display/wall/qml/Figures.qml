// A number in the one face that all numbers have: never broken, as large as asked for or as the box allows.
import QtQuick
import Lobbyline.Glass

Item {
    id: figures
    required property string value
    required property real size
    required property color ink
    property int alignment: Text.AlignHCenter
    property int weight: Font.Bold
    readonly property real fitting: Math.min(size, size * width / Math.max(1, metrics.advanceWidth))

    TextMetrics {
        id: metrics
        text: figures.value
        font { family: Theme.type.family; pixelSize: Math.max(1, figures.size); weight: figures.weight }
    }
    Text {
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
        anchors.verticalCenterOffset: -0.053 * font.pixelSize  // digits stand lower than the middle of their line
        text: figures.value
        color: figures.ink
        horizontalAlignment: figures.alignment
        font { family: Theme.type.family; pixelSize: Math.max(1, figures.fitting); weight: figures.weight }
    }
}
