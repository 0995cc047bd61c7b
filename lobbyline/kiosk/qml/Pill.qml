// A short word about how something stands, with its sign: never by colour alone.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: pill

    property string icon: ""
    property string text: ""
    property string sort: ""  // "good", "warn", or nothing
    property real most: 900
    readonly property color tint: sort === "warn" ? Theme.colour.warn : sort === "good" ? Theme.colour.good : Theme.colour.ink

    width: row.width + 2 * Theme.space.l
    height: row.height + 2 * Theme.space.m
    radius: height / 2
    color: sort === "warn" ? Theme.colour.warn_tone : sort === "good" ? Theme.colour.good_tone : Theme.colour.tone
    border.width: Theme.size.frame
    border.color: Theme.colour.line

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.space.m

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: pill.icon
            tint: pill.tint
            side: 44
        }
        Snug {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(1.03 * whole, pill.most - 2 * Theme.space.l - 60)
            words: pill.text
            size: Theme.type.body
            lineHeight: 1.15
            color: pill.tint
            Accessible.role: Accessible.StaticText
            Accessible.name: words
        }
    }
}
