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

    // One size for all names of a page: in which the longest of them stands in one line, or its longer half does.
    readonly property real size: large || answers ? Theme.type.tile : compact ? Theme.type.note + 6 : Theme.type.body + 8
    readonly property real nameWidth: cellWidth - (large || answers ? 140 + 2 * Theme.space.l : 84 + 2 * Theme.space.m) - Theme.space.l
    readonly property real one: 0.97 * nameWidth / Math.max(1, longest.advanceWidth)
    readonly property real half: 0.97 * nameWidth / Math.max(1, longestHalf.advanceWidth)
    readonly property real letters: Math.floor(size * Math.min(1, one > 0.75 ? one : Math.max(28 / size, Math.min(half, 1.35 * one))))

    function longestOf(all) {
        return all.reduce((most, words) => words.length > most.length ? words : most, "")
    }

    spacing: Theme.space.m

    TextMetrics {
        id: longest

        text: grid.longestOf(grid.services.map(service => service.title))
        font.family: Theme.type.family
        font.weight: Font.Bold
        font.pixelSize: grid.size
    }
    TextMetrics {
        id: longestHalf

        text: grid.longestOf(grid.services.map(service => service.halves).join("\n").split("\n"))
        font: longest.font
    }
    Repeater {
        model: grid.services.length

        Tile {
            required property int index

            kiosk: grid.kiosk
            service: grid.services[index] ?? ({})
            large: grid.large || grid.answers
            compact: grid.compact || grid.answers
            letters: grid.letters
            width: grid.cellWidth
            height: grid.cellHeight
        }
    }
}
