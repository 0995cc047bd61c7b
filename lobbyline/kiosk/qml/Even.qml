// Words in the middle; where they take several lines, these are about as long as each other, and no sign stands alone.
import QtQuick
import Lobbyline.Glass

Label {
    readonly property int rows: Math.ceil(implicitWidth / parent.width)

    anchors.horizontalCenter: parent.horizontalCenter
    width: rows > 1 ? Math.min(parent.width, implicitWidth / rows + 2.5 * font.pixelSize) : parent.width
    visible: text !== ""
    horizontalAlignment: Text.AlignHCenter
}
