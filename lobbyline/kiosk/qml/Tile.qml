// A service: picture, name in two languages, how many wait and how long. Closed ones say when they open.
import QtQuick
import Lobbyline.Glass

Touch {
    id: tile

    required property Tiles tiles  // in which all tiles have letters of the same size
    required property var service
    required property string outlook
    readonly property bool large: tiles.roomy
    readonly property int room: tiles.brief ? 0 : Math.floor((height - title.height - Theme.space.s) / tiles.row)  // rows below its name
    readonly property bool brings: (service.bring ?? "") !== "" && room > 2
    readonly property int rows: room - (brings ? 2 : 0)  // for the rest
    readonly property bool shut: service.open === false

    name: service.name ?? ""
    label: service.title ?? ""
    implicitHeight: Theme.size.tile
    border.width: service.chosen ? 6 : Theme.size.frame
    border.color: service.chosen ? Theme.colour.accent : Theme.colour.line
    ground: shut ? Theme.colour.tone : Theme.colour.card

    Badge {
        id: badge

        x: tile.tiles.margin
        anchors.verticalCenter: parent.verticalCenter
        side: tile.tiles.side
        icon: tile.service.icon ?? ""
        color: tile.shut ? Theme.colour.pressed : Theme.colour.accent_tone
        tint: tile.shut ? Theme.colour.quiet : Theme.colour.accent
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: badge.x + badge.width + tile.tiles.margin
        width: tile.tiles.room
        spacing: Theme.space.xs + 2

        Snug {
            id: title

            width: parent.width
            words: tile.label
            halves: tile.service.halves ?? words
            bold: true
            size: tile.tiles.letters
            least: size
            lineHeight: tile.tiles.pitch
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
            text: tile.outlook
            color: tile.shut ? Theme.colour.warn : Theme.colour.accent
            font.pixelSize: tile.tiles.notes
            lineHeight: 1.05
            wrapMode: Text.NoWrap
        }
    }
}
