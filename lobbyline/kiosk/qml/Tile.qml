// A service: picture, name in two languages, how many wait and how long. Closed ones say when they open.
import QtQuick
import Lobbyline.Glass

Touch {
    id: tile

    required property var service
    property bool large: false
    property bool compact: false
    required property real letters  // pixels of its name
    readonly property bool high: height > 3.2 * letters  // two lines of its name have room
    readonly property real row: 1.8 * (large ? Theme.type.body : Theme.type.note)
    readonly property int room: compact ? 0 : Math.floor((height - title.height - Theme.space.s) / row)  // rows below its name
    readonly property bool brings: (service.bring ?? "") !== "" && room > 2
    readonly property int rows: room - (brings ? 2 : 0)  // for the rest
    readonly property bool shut: service.open === false
    readonly property real margin: large ? Theme.space.l : Theme.space.m + Theme.space.xs

    name: service.name ?? ""
    label: service.title ?? ""
    implicitHeight: Theme.size.tile
    border.width: service.chosen ? 6 : Theme.size.frame
    border.color: service.chosen ? Theme.colour.accent : Theme.colour.line
    ground: shut ? Theme.colour.tone : Theme.colour.card

    Badge {
        id: badge
    
        x: tile.margin
        anchors.verticalCenter: parent.verticalCenter
        side: Math.min(tile.large ? 140 : 84, tile.height - Theme.space.m)
        icon: tile.service.icon ?? ""
        color: tile.shut ? Theme.colour.pressed : Theme.colour.accent_tone
        tint: tile.shut ? Theme.colour.quiet : Theme.colour.accent
    }

    Column {
        anchors {
            left: badge.right
            leftMargin: tile.margin
            right: parent.right
            rightMargin: Theme.space.m
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.space.xs + 2

        Snug {
            id: title

            width: parent.width
            words: tile.label
            halves: tile.service.halves ?? words
            bold: true
            size: tile.letters
            least: tile.high ? size : 22
            lineHeight: 1
        }
        Label {
            width: parent.width
            visible: text !== "" && tile.rows > (tile.large ? 1 : 2)
            text: tile.service.detail ?? ""
            maximumLineCount: 1
            elide: Text.ElideRight
            font.pixelSize: tile.large ? Theme.type.body : Theme.type.note + 2
            lineHeight: 1.05
        }
        Label {
            width: parent.width
            visible: text !== "" && !tile.large && !Theme.large && tile.rows > 1
            text: tile.service.second ?? ""
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
            lineHeight: 1.05
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 22
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        Snug {
            width: parent.width
            visible: tile.brings
            words: tile.service.bring ?? ""
            size: tile.large ? Theme.type.body : Theme.type.note
            least: size * 0.85
        }
        Label {
            width: parent.width
            visible: text !== "" && tile.rows > 0
            text: (Theme.large && tile.width < 640 ? tile.service.wait ?? tile.service.line : tile.service.line) ?? ""
            color: tile.shut ? Theme.colour.warn : Theme.colour.accent
            font.pixelSize: tile.large ? Theme.type.body : Theme.type.note
            lineHeight: 1.05
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 22
            maximumLineCount: tile.large ? 2 : 1
        }
    }
}
