// Something to bring: its picture, its name, and where it matters what to do without it.
import QtQuick
import Lobbyline.Glass

Item {
    id: paper

    required property var it
    property string note: ""
    property real most  // that it may take from top to bottom
    readonly property bool roomy: most > 140

    height: Math.min(most, Math.max(168, said.height + 2 * Theme.space.l))

    Badge {
        id: badge
    
        x: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        side: Math.min(112, parent.height - Theme.space.m)
        icon: paper.it.icon ?? ""
    }
    Column {
        id: said

        anchors.verticalCenter: parent.verticalCenter
        x: badge.x + badge.width + Theme.space.l
        width: parent.width - x - Theme.space.l
        spacing: Theme.space.xs

        Snug {
            width: parent.width
            words: paper.it.text ?? ""
            bold: true
            size: paper.roomy ? Theme.type.tile - 4 : Theme.type.body
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: paper.note
            color: Theme.colour.quiet
            font.pixelSize: paper.roomy ? Math.max(32, Theme.type.note) : Theme.type.note
            maximumLineCount: 2
            elide: Text.ElideRight
        }
    }
}
