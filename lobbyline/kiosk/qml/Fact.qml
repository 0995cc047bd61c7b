// One thing to know: a picture, what it is, and the thing itself in large letters.
import QtQuick
import Lobbyline.Glass

Row {
    id: fact

    required property string icon
    required property string label
    required property string value
    property string more: ""

    spacing: Theme.space.l

    Rectangle {
        width: 88
        height: 88
        radius: 44
        color: Theme.colour.accent_tone
        anchors.verticalCenter: parent.verticalCenter

        Icon {
            anchors.centerIn: parent
            name: fact.icon
            side: 52
        }
    }
    Column {
        anchors.verticalCenter: parent.verticalCenter
        width: fact.width - 88 - Theme.space.l

        Label {
            width: parent.width
            text: fact.label
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
        }
        Label {
            width: parent.width
            text: fact.value
            bold: true
            font.pixelSize: Theme.type.tile - 4
            lineHeight: 1.05
        }
        Label {
            width: parent.width
            visible: fact.more !== ""
            text: fact.more
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.body - 4
        }
    }
}
