// Something to bring: its picture, its name, and where it matters what to do without it.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: paper

    property string icon: ""
    property string text: ""
    property string note: ""

    radius: Theme.corner.tile
    color: Theme.colour.card
    border.width: Theme.size.frame
    border.color: Theme.colour.line

    Rectangle {
        id: badge

        x: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(112, parent.height - Theme.space.m)
        height: width
        radius: width / 2
        color: Theme.colour.accent_tone

        Icon {
            anchors.centerIn: parent
            name: paper.icon
            side: badge.width * 0.6
        }
    }
    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: badge.x + badge.width + Theme.space.l
        width: parent.width - x - Theme.space.l
        spacing: Theme.space.xs

        Label {
            width: parent.width
            text: paper.text
            bold: true
            font.pixelSize: paper.height > 150 ? Theme.type.tile - 4 : Theme.type.body
            maximumLineCount: 2
            elide: Text.ElideRight
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: paper.note
            color: Theme.colour.quiet
            font.pixelSize: paper.height > 150 ? 32 : Theme.type.note
            maximumLineCount: 2
            elide: Text.ElideRight
        }
    }
}
