// A number from the paper, typed on a pad.
import QtQuick
import Lobbyline.Glass

Page {
    id: enter

    name: "enter"
    title: words.enter_title
    note: words.enter_note
    poster: false
    action: "next"
    actionLabel: words.enter
    actionIcon: "next"

    Column {
        id: head

        width: enter.wide ? parent.width * 0.46 : parent.width
        spacing: Theme.space.l

        Rectangle {
            width: parent.width
            height: 260
            radius: Theme.corner.tile
            color: Theme.colour.card
            border.width: 4
            border.color: Theme.colour.accent

            Label {
                anchors.centerIn: parent
                text: enter.kiosk.typedNumber
                bold: true
                color: Theme.colour.accent
                font.pixelSize: Math.min(170, Theme.type.display)
                lineHeight: 1
            }
        }
    }
    Keyboard {
        kiosk: enter.kiosk
        most: enter.wide ? 128 : 148
        room: parent.height - y
        x: enter.wide ? head.width + Theme.space.xl : 0
        y: Math.max(enter.from, enter.wide ? 0 : head.height + Theme.space.xl)
        width: parent.width - x
        height: implicitHeight
    }
}
