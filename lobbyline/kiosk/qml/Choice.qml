// One of several answers to choose from.
import QtQuick
import Lobbyline.Glass

Touch {
    id: choice

    required property var it

    name: it.name ?? ""
    label: it.label ?? ""
    radius: Theme.corner.key
    ground: it.chosen ? Theme.colour.accent : Theme.colour.card
    under: it.chosen ? Theme.colour.accent_pressed : Theme.colour.pressed
    border.width: 2
    border.color: it.chosen ? Theme.colour.accent : Theme.colour.line
    Accessible.checked: it.chosen ?? false

    Label {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space.m
        horizontalAlignment: Text.AlignHCenter
        text: choice.label
        color: choice.it.chosen ? Theme.colour.accent_ink : Theme.colour.ink
        font.pixelSize: text.length > 14 ? 28 : 32
        lineHeight: 1
        maximumLineCount: 2
        elide: Text.ElideRight
    }
}
