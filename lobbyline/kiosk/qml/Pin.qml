// The attendant's PIN: dots, never digits.
import QtQuick
import Lobbyline.Glass

Page {
    id: pin

    name: "pin"
    action: "next"
    actionLabel: words.pin_enter
    actionIcon: "lock"

    Column {
        id: head

        width: pin.wide ? parent.width * 0.46 : parent.width
        spacing: Theme.space.l

        Heading {
            width: parent.width
            text: pin.words.pin_title
            note: pin.words.pin_note
        }
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
        keyHeight: 128
        x: pin.wide ? head.width + Theme.space.xl : 0
        y: pin.wide ? 0 : head.height + Theme.space.xl
        width: parent.width - x
        height: implicitHeight
    }
}
