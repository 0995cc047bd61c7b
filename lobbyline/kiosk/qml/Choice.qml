// One of several answers to choose from; a chosen one has a tick, for those who see no colours.
import QtQuick
import Lobbyline.Glass

Touch {
    id: choice

    required property var it
    required property Alike alike  // with the other answers
    property bool plain: false  // wide, with its words at the left
    property bool tab: false  // one of the fields of a page
    property bool round: false  // one of several, not a box to tick
    readonly property bool chosen: it.chosen ?? false

    name: it.name ?? ""
    label: it.label ?? ""
    enabled: !(it.shut ?? false)
    opacity: it.shut ? 0.45 : 1
    radius: Theme.corner.key
    ground: chosen ? Theme.colour.accent : Theme.colour.card
    under: chosen ? Theme.colour.accent_pressed : Theme.colour.pressed
    border.width: 2
    border.color: chosen ? Theme.colour.accent : Theme.colour.line
    Accessible.checkable: true
    Accessible.checked: chosen

    Rectangle {
        id: box

        visible: choice.plain && !choice.chosen
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.space.l
        width: 44
        height: 44
        radius: choice.round ? width / 2 : 8
        color: "transparent"
        border.width: 3
        border.color: Theme.colour.quiet
    }
    Icon {
        id: mark

        visible: choice.chosen && !choice.tab
        anchors.verticalCenter: parent.verticalCenter
        x: choice.plain ? Theme.space.l : Theme.space.m
        name: "check"
        tint: Theme.colour.accent_ink
        side: choice.plain ? 44 : 32
    }
    Snug {
        anchors.verticalCenter: parent.verticalCenter
        x: choice.plain ? Theme.space.l + 44 + Theme.space.m : mark.visible ? Theme.space.m + 36 : (parent.width - width) / 2
        width: choice.alike.room
        horizontalAlignment: choice.plain ? Text.AlignLeft : Text.AlignHCenter
        words: choice.label
        halves: choice.it.halves ?? words
        color: choice.chosen ? Theme.colour.accent_ink : Theme.colour.ink
        size: choice.alike.letters
        least: size
        lineHeight: choice.alike.pitch
    }
}
