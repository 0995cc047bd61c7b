// Another service for the same number: everything that is open now, on one page.
import QtQuick
import Lobbyline.Glass

Page {
    id: change

    readonly property var tiles: kiosk.changeTiles

    name: "change"

    Heading {
        id: title

        width: parent.width
        text: change.words.change_title
        note: change.words.change_note
    }
    Tiles {
        kiosk: change.kiosk
        services: change.tiles
        compact: true
        most: 160
        columns: change.wide ? 4 : 2
        y: title.height + Theme.space.l
        width: parent.width
        height: parent.height - y
    }
}
