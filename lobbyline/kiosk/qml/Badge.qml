// A picture on a round ground: what something is about, at a glance.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: badge

    required property string icon
    property real side: 88
    property color tint: Theme.colour.accent

    width: side
    height: side
    radius: side / 2
    color: Theme.colour.accent_tone

    Icon {
        anchors.centerIn: parent
        name: badge.icon
        tint: badge.tint
        side: badge.side * 0.58
    }
}
