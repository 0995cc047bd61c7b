// Another service for the same number: everything that is open now, on one page.
import QtQuick
import Lobbyline.Glass

Page {
    id: change

    readonly property var tiles: visible ? kiosk.changeTiles : []

    name: "change"
    second: kiosk.leaves > 1 ? "more" : ""
    secondLabel: words.more
    secondIcon: "next"
    title: words.change_title
    note: words.change_note

    Tiles {
        kiosk: change.kiosk
        services: change.tiles
        compact: true
        most: 160
        columns: !change.wide ? 2 : Theme.large ? 3 : 4
        anchors.fill: parent
    }
}
