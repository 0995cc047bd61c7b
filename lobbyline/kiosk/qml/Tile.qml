// A service: picture, name in two languages, how many wait and how long. Closed ones say when they open.
import QtQuick
import Lobbyline.Glass

Touch {
    id: tile

    required property var service
    property bool large: false
    property bool compact: false
    required property int letters  // pixels of its name
    readonly property bool shut: service.open === false

    name: service.name ?? ""
    label: service.title ?? ""
    implicitHeight: Theme.size.tile
    border.width: service.chosen ? 6 : Theme.size.frame
    border.color: service.chosen ? Theme.colour.accent : Theme.colour.line
    ground: shut ? Theme.colour.tone : Theme.colour.card

    Rectangle {
        id: badge

        x: tile.large ? Theme.space.l : Theme.space.m + Theme.space.xs
        anchors.verticalCenter: parent.verticalCenter
        width: tile.large ? Math.min(140, tile.height - Theme.space.l) : Math.min(84, tile.height - Theme.space.m)
        height: width
        radius: width / 2
        color: tile.shut ? Theme.colour.pressed : Theme.colour.accent_tone

        Icon {
            anchors.centerIn: parent
            name: tile.service.icon ?? ""
            tint: tile.shut ? Theme.colour.quiet : Theme.colour.accent
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
            font.pixelSize: tile.large ? Theme.type.tile : tile.letters
            lineHeight: 1
            maximumLineCount: 2
            elide: Text.ElideRight
        }
        Label {
            width: parent.width
            visible: !tile.compact && text !== "" && (tile.large || tile.height >= 250)
            text: tile.service.detail ?? ""
            maximumLineCount: 1
            elide: Text.ElideRight
            font.pixelSize: tile.large ? Theme.type.body : 30
            lineHeight: 1.05
        }
        Label {
            width: parent.width
            visible: !tile.large && !tile.compact && text !== "" && tile.height >= (title.lineCount > 1 ? 220 : 180)
            text: tile.service.second ?? ""
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
            lineHeight: 1.05
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 22
            maximumLineCount: tile.height < 270 ? 1 : 2
            elide: Text.ElideRight
        }
        Label {
            width: parent.width
            visible: !tile.compact && text !== ""
            text: tile.service.bring ?? ""
            font.pixelSize: tile.large ? Theme.type.body : Theme.type.note
            lineHeight: 1.05
            maximumLineCount: 2
            elide: Text.ElideRight
        }
        Label {
            width: parent.width
            visible: !tile.compact && text !== "" && tile.height >= (Theme.large ? 260 : 110)
            text: tile.service.line ?? ""
            color: tile.shut ? Theme.colour.warn : Theme.colour.accent
            font.pixelSize: tile.large ? Theme.type.body : Theme.type.note
            lineHeight: 1.05
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 22
            maximumLineCount: tile.large ? 2 : 1
        }
    }
}
