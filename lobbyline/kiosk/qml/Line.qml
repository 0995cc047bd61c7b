// A picture and a few words beside it.
import QtQuick
import Lobbyline.Glass

Row {
    id: line

    property string icon: ""
    property string text: ""
    property real size: Math.min(40, Theme.type.body)
    property color colour: Theme.colour.ink

    spacing: Theme.space.m
    visible: text !== ""

    Icon {
        id: picture

        name: line.icon
        tint: line.colour
        side: 44
    }
    Label {
        anchors.verticalCenter: parent.verticalCenter
        width: line.width - picture.width - line.spacing
        text: line.text
        color: line.colour
        font.pixelSize: line.size
        lineHeight: 1.05
        maximumLineCount: 4
        elide: Text.ElideRight
    }
}
