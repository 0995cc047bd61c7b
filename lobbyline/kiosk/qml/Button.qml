// A wide answer: the one main answer of a page, or a quiet one beside it.
import QtQuick
import Lobbyline.Glass

Touch {
    id: button

    property string icon: ""
    property string note: ""
    property bool main: false
    property real least: 240
    property real size: Theme.type.body
    readonly property color text: main ? Theme.colour.accent_ink : Theme.colour.ink

    implicitHeight: Theme.size.bar
    implicitWidth: Math.max(least, row.implicitWidth + 2 * Theme.space.l + Theme.space.s)
    ground: main ? Theme.colour.accent : Theme.colour.tone
    under: main ? Theme.colour.accent_pressed : Theme.colour.pressed

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.space.m

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.icon !== ""
            name: button.icon
            tint: button.main ? Theme.colour.accent_ink : Theme.colour.accent
            side: button.size * 1.35
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter

            Label {
                text: button.label
                color: button.text
                bold: true
                font.pixelSize: button.size
                wrapMode: Text.NoWrap
            }
            Label {
                visible: button.note !== ""
                text: button.note
                color: button.main ? Theme.colour.accent_ink : Theme.colour.quiet
                font.pixelSize: Theme.type.note
                wrapMode: Text.NoWrap
            }
        }
    }
}
