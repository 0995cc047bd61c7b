// What stands on the glass while the lobby is being opened: whose house this is, and nothing to touch.
import QtQuick

Rectangle {
    id: root

    required property string name
    required property var sentences
    required property string paper
    required property string ink
    readonly property real unit: Math.min(width, height) / 1080

    color: paper

    Column {
        anchors.centerIn: parent
        width: root.width - 160 * root.unit
        spacing: 40 * root.unit

        Text {
            width: parent.width
            text: root.name
            color: root.ink
            font.pixelSize: 84 * root.unit
            font.weight: Font.Bold
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }
        Repeater {
            model: root.sentences

            Text {
                required property string modelData

                width: parent.width
                text: modelData
                color: root.ink
                opacity: 0.75
                font.pixelSize: 36 * root.unit
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
