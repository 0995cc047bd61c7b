// Everything a finger may touch: it says its own name to the kiosk, and nothing else.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: touch

    required property QtObject kiosk
    required property string name
    property string label: ""
    property color ground: Theme.colour.card
    property color under: Theme.colour.pressed
    readonly property bool pressed: tap.pressed

    objectName: name
    radius: Theme.corner.tile
    color: tap.pressed ? under : ground
    border.width: Theme.size.frame
    border.color: Theme.colour.line

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: touch.kiosk.touch(touch.name)

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: touch.kiosk.touch(touch.name)
    }
}
