// What a page asks, with a quiet line under it.
import QtQuick
import Lobbyline.Glass

Column {
    id: heading

    property string text: ""
    property string note: ""

    spacing: Theme.space.xs

    Label {
        width: parent.width
        text: heading.text
        bold: true
        font.pixelSize: Theme.type.title
        lineHeight: 1.1
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Label {
        width: parent.width
        visible: text !== ""
        text: heading.note
        color: Theme.colour.quiet
    }
}
