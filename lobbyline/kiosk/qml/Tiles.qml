// Services in a grid that fills its place. Tiles stay the same objects when figures change under a finger.
import QtQuick
import Lobbyline.Glass

Grid {
    id: grid

    required property QtObject kiosk
    required property var services
    property bool large: false
    property bool compact: false  // name only
    property bool answers: false  // names only, in large letters
    property real most: 290
    readonly property int rowsNeeded: Math.ceil(services.length / columns)
    readonly property real cellWidth: (width - (columns - 1) * spacing) / columns
    readonly property real cellHeight: Math.min(most, (height - (rowsNeeded - 1) * spacing) / Math.max(1, rowsNeeded))

    readonly property bool roomy: large || answers
    readonly property bool brief: compact || answers
    readonly property real margin: roomy ? Theme.space.l : Theme.space.m + Theme.space.xs
    readonly property real side: Math.min(roomy ? 140 : Theme.large ? 72 : 84, cellHeight - Theme.space.m)  // of the picture
    readonly property real room: cellWidth - side - 2 * margin - Theme.space.m  // beside it
    readonly property real row: 1.8 * small.size  // of what stands below a name
    readonly property alias letters: names.letters
    readonly property alias pitch: names.pitch
    readonly property alias notes: small.letters

    spacing: Theme.space.m

    Alike {
        id: names

        words: grid.services.map(service => service.title)
        halves: grid.services.map(service => service.halves)
        size: grid.roomy ? Theme.type.tile : grid.compact ? Theme.type.note + 6 : Theme.type.body + 4
        room: grid.room
        high: grid.cellHeight - Theme.space.s - (grid.brief ? 0 : grid.row * (Theme.large || grid.large ? 1 : 2))
        bold: true
    }
    Alike {
        id: small

        words: grid.services.map(service => (Theme.large && grid.cellWidth < 640 ? service.wait : service.line) ?? "")
        size: grid.large ? Theme.type.body : Theme.type.note
        room: grid.room
    }
    Repeater {
        model: grid.services.length

        Tile {
            required property int index

            kiosk: grid.kiosk
            tiles: grid
            service: grid.services[index] ?? ({})
            outlook: small.words[index] ?? ""
            width: grid.cellWidth
            height: grid.cellHeight
        }
    }
}
