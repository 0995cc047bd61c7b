// The attendant's PIN: dots, never digits.
import QtQuick
import Lobbyline.Glass

Page {
    id: pin

    name: "pin"
    title: words.pin_title
    note: words.pin_note
    poster: false
    action: "next"
    actionLabel: words.pin_enter
    actionIcon: "lock"

    Column {
        id: head

        width: pin.wide ? parent.width * 0.46 : parent.width
        spacing: Theme.space.l

        Rectangle {
            width: parent.width
            height: 140
            radius: Theme.corner.tile
            color: Theme.colour.card
            border.width: 4
            border.color: Theme.colour.accent

            Label {
                anchors.centerIn: parent
                text: "●".repeat(pin.kiosk.typedPin)
                color: Theme.colour.accent
                font.pixelSize: Theme.type.tile
            }
        }
    }
    Keyboard {
        kiosk: pin.kiosk
        room: parent.height - y
        x: pin.wide ? head.width + Theme.space.xl : 0
        y: Math.max(pin.from, pin.wide ? 0 : head.height + Theme.space.xl)
        width: parent.width - x
        height: implicitHeight
    }
}
