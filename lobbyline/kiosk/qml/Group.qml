// The services of one group.
import QtQuick
import Lobbyline.Glass

Page {
    id: group

    readonly property var tiles: kiosk.groupTiles

    name: "group"
    second: kiosk.leaves > 1 ? "more" : ""
    secondLabel: words.more
    secondIcon: "next"
    title: kiosk.groupTitle

    Tiles {
        kiosk: group.kiosk
        services: group.tiles
        columns: group.wide ? 3 : 2
        compact: Theme.large || (group.low > 0 && group.tiles.length > 6)
        anchors.fill: parent
    }
}
