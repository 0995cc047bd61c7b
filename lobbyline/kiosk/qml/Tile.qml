// A service: picture, name in two languages, how many wait and how long. Closed ones say when they open.
import QtQuick
import Lobbyline.Glass

Touch {
    id: tile

    required property var service
    property bool large: false

    name: service.name ?? ""
    label: service.title ?? ""
    implicitHeight: Theme.size.tile
    ground: service.open ? Theme.colour.card : Theme.colour.tone

    Rectangle {
        id: badge

        x: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        width: tile.large ? 140 : 104
        height: width
        radius: width / 2
        color: tile.service.open ? Theme.colour.accent_tone : Theme.colour.pressed

        Icon {
            anchors.centerIn: parent
            name: tile.service.icon ?? ""
            tint: tile.service.open ? Theme.colour.accent : Theme.colour.quiet
            side: badge.width * 0.58
        }
    }

    Column {
        anchors {
            left: badge.right
            leftMargin: Theme.space.l
            right: parent.right
            rightMargin: Theme.space.m
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.space.xs

        Label {
            width: parent.width
            text: tile.service.title ?? ""
            bold: true
            font.pixelSize: tile.large ? Theme.type.tile : Theme.type.body + 4
            lineHeight: 1.05
            maximumLineCount: 2
            elide: Text.ElideRight
        }
        Label {
            width: parent.width
            visible: !tile.large && text !== ""
            text: tile.service.second ?? ""
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
            maximumLineCount: 1
            elide: Text.ElideRight
        }
        Label {
            width: parent.width
            text: tile.service.line ?? ""
            color: tile.service.open ? Theme.colour.accent : Theme.colour.warn
            font.pixelSize: tile.large ? Theme.type.body : Theme.type.note
            maximumLineCount: 2
        }
    }
}
