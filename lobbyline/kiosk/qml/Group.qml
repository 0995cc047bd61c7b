// The services of one group.
import QtQuick
import Lobbyline.Glass

Page {
    id: group

    readonly property var tiles: visible ? kiosk.groupTiles : []

    name: "group"
    second: kiosk.leaves > 1 ? "more" : ""
    secondLabel: words.more
    secondIcon: "next"
    title: kiosk.groupTitle

    Tiles {
        kiosk: group.kiosk
        services: group.tiles
        columns: group.wide ? 3 : 2
        compact: (group.low > 0 && group.tiles.length > (Theme.large ? 4 : 6)) || (Theme.large && group.tiles.length > 8)
        anchors.fill: parent
    }
}
