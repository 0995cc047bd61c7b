// A calm page in one glance: a large picture, what it is about, the one thing to know, what else helps.
import QtQuick
import Lobbyline.Glass

Column {
    id: sign

    property string icon: ""
    property string title: ""
    property string sentence: ""
    property string note: ""
    property string number: ""

    property real room: parent.height  // from the top, in the middle of which it stands

    y: Math.max(0, (room - height) / 2)
    width: parent.width
    spacing: Theme.space.l

    Badge {
        anchors.horizontalCenter: parent.horizontalCenter
        side: sign.room < 900 ? 120 : 220
        icon: sign.icon
    }
    Even {
        text: sign.title
        color: Theme.colour.quiet
        font.pixelSize: Theme.type.tile
    }
    Even {
        objectName: "sentence"
        text: sign.sentence
        bold: true
        font.pixelSize: Theme.type.title
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Even {
        text: sign.number
        font.pixelSize: Theme.type.tile
    }
    Even {
        text: sign.note
        color: Theme.colour.quiet
    }
}
