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
            maximumLineCount: 2
            elide: Text.ElideRight
            font.pixelSize: Theme.type.tile - 4
            lineHeight: 1.05
        }
        Label {
            width: parent.width
            visible: fact.more !== "" && !Theme.large
            text: fact.more
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            wrapMode: Text.NoWrap
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.body - 4
        }
    }
}
