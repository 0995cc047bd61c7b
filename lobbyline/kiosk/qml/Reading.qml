// Something to read, leaf after leaf, in letters that need no glasses.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: reading

    required property string words
    property string count: ""
    property bool grave: false
    property real size: Theme.type.body + 8
    property real room: 2000  // that it may take from top to bottom
    property real pad: Theme.space.xl
    readonly property real around: [mark, counted].reduce((sum, item) => sum + (item.visible ? item.height + column.spacing : 0), 2 * pad)

    implicitHeight: column.height + 2 * pad
    radius: Theme.corner.tile
    color: Theme.colour.card
    border.width: grave ? 4 : 0
    border.color: Theme.colour.warn

    Column {
        id: column

        x: reading.pad
        y: reading.pad
        width: parent.width - 2 * reading.pad
        spacing: Theme.space.l

        Icon {
            id: mark

            visible: reading.grave
            name: "warn"
            tint: Theme.colour.warn
            side: 96
        }
        Fitted {
            width: parent.width
            room: reading.room - reading.around
            words: reading.words
            size: reading.size
            bold: reading.grave
            lineHeight: 1.05
        }
        Label {
            id: counted

            visible: text !== ""
            text: reading.count
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
        }
    }
}
