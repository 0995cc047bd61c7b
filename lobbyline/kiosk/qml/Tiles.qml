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

    // One size for all names of a page: the longest says which.
    readonly property int longest: services.reduce((most, service) => Math.max(most, (service.title ?? "").length), 0)
    readonly property bool narrow: cellWidth < 480
    readonly property int letters: compact || answers
        ? cellHeight < 110 || narrow ? 28 : Theme.large ? 44 : 34
        : longest <= 8 ? 44 : longest > 12 || narrow ? 34 : 38

    spacing: Theme.space.m

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
