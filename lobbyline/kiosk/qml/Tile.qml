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

        x: tile.large ? Theme.space.l : Theme.space.m + Theme.space.xs
        anchors.verticalCenter: parent.verticalCenter
        width: tile.large ? 140 : 84
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
            leftMargin: tile.large ? Theme.space.l : Theme.space.m + Theme.space.xs
            right: parent.right
            rightMargin: Theme.space.m
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.space.xs + 2

        Label {
            id: title

            width: parent.width
            text: tile.service.title ?? ""
            bold: true
            font.pixelSize: tile.large ? Theme.type.tile : text.length <= 8 ? 44 : text.length > 12 || tile.width < 480 ? 34 : 38
            lineHeight: 1.05
            maximumLineCount: 2
            elide: Text.ElideRight
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: tile.service.detail ?? ""
            maximumLineCount: 1
            elide: Text.ElideRight
            font.pixelSize: tile.large ? Theme.type.body : 30
            lineHeight: 1.05
        }
        Label {
            width: parent.width
            visible: !tile.large && text !== ""
            text: tile.service.second ?? ""
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
            lineHeight: 1.05
            maximumLineCount: title.lineCount > 1 && tile.height < 260 ? 1 : 2
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
