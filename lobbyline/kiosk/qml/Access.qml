// How the kiosk may be used: four large switches, each with its state in words.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var ways: kiosk.ways

    name: "access"
    action: "begin"
    actionLabel: words.next
    actionIcon: "next"
    second: "helper"
    secondLabel: words.helper
    secondIcon: "hand"

    Heading {
        id: title

        width: parent.width
        text: page.words.access_title
        note: page.words.access_hint
    }
    Tiles {
        kiosk: page.kiosk
        services: page.ways
        large: true
        most: 260
        columns: page.wide ? 2 : 1
        y: title.height + Theme.space.xl
        width: parent.width
        height: parent.height - y
    }
}
