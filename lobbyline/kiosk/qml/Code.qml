// A QR code for a phone's camera, dark on white in every look.
import QtQuick

Rectangle {
    id: code

    property string text: ""
    property real side: 240

    width: side
    height: side
    radius: 12
    color: "white"

    Image {
        anchors.centerIn: parent
        width: code.side - 24
        height: width
        source: code.visible && code.text ? "image://code/" + code.text : ""
        sourceSize: Qt.size(width, width)
        smooth: false
        cache: false
    }
}
