// Four large services and a person: nobody has to read small print here.
import QtQuick
import Lobbyline.Glass

Page {
    id: elder

    readonly property var tiles: visible ? kiosk.elderTiles : []

    name: "elder"
    title: words.elder_title
    action: "helper"
    actionLabel: words.helper
    actionIcon: "hand"

    Tiles {
        kiosk: elder.kiosk
        services: elder.tiles
        large: true
        most: 320
        columns: elder.wide || elder.low ? 2 : 1
        anchors.fill: parent
    }
}
