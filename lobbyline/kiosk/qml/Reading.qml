// Something to read, leaf after leaf, in letters that need no glasses.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: reading

    required property string words
    property string count: ""
    property bool grave: false
    property real size: Theme.type.body + 8

    implicitHeight: column.height + 2 * Theme.space.xl
    radius: Theme.corner.tile
    color: Theme.colour.card
    border.width: grave ? 4 : 0
    border.color: Theme.colour.warn

    Column {
        id: column

        x: Theme.space.xl
        y: Theme.space.xl
        width: parent.width - 2 * Theme.space.xl
        spacing: Theme.space.l

        Icon {
            visible: reading.grave
            name: "warn"
            tint: Theme.colour.warn
            side: 96
        }
        Label {
            width: parent.width
            text: reading.words
            font.pixelSize: reading.size
            bold: reading.grave
            lineHeight: 1.4
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Label {
            visible: text !== ""
            text: reading.count
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
        }
    }
}
