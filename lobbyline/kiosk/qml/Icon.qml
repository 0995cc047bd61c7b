// A drawing of assets/icons in one colour.
import QtQuick
import Lobbyline.Glass

Image {
    required property string name
    property color tint: Theme.colour.accent
    property real side: 56

    width: side
    height: side
    source: name ? "image://icon/" + name + "/" + tint.toString().slice(-6) : ""
    sourceSize: Qt.size(side, side)
}
