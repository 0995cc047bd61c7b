// The services of one group.
import QtQuick
import Lobbyline.Glass

Page {
    id: group

    readonly property var tiles: kiosk.groupTiles

    name: "group"

    Label {
        id: title

        width: parent.width
        text: group.kiosk.groupTitle
        bold: true
        font.pixelSize: Theme.type.title
    }
    Tiles {
        kiosk: group.kiosk
        services: group.tiles
        columns: group.wide ? 3 : 2
        compact: Theme.large || (group.low && group.tiles.length > 6)
        y: title.height + Theme.space.l
        width: parent.width
        height: parent.height - y
    }
}
