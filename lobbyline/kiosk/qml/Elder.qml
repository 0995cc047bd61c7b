// Four large services and a person: nobody has to read small print here.
import QtQuick
import Lobbyline.Glass

Page {
    id: elder

    readonly property var tiles: kiosk.elderTiles

    name: "elder"
    action: "helper"
    actionLabel: words.helper
    actionIcon: "hand"

    Label {
        id: title

        width: parent.width
        text: elder.words.elder_title
        bold: true
        font.pixelSize: Theme.type.title
    }
    Tiles {
        kiosk: elder.kiosk
        services: elder.tiles
        large: true
        most: 320
        columns: elder.wide ? 2 : 1
        y: title.height + Theme.space.l
        width: parent.width
        height: parent.height - y
    }
}
