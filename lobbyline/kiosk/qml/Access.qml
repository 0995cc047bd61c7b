// How the kiosk may be used: four large switches, each with its state in words.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var ways: visible ? kiosk.ways : []

    name: "access"
    title: words.access_title
    note: words.access_hint
    action: "begin"
    actionLabel: words.next
    actionIcon: "next"
    second: "helper"
    secondLabel: words.helper
    secondIcon: "hand"

    Tiles {
        kiosk: page.kiosk
        services: page.ways
        large: true
        most: 260
        columns: page.wide || page.low ? 2 : 1
        anchors.fill: parent
    }
}
