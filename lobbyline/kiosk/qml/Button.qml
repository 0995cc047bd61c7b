// A wide answer: the one main answer of a page, or a quiet one beside it.
import QtQuick
import Lobbyline.Glass

Touch {
    id: button

    property string icon: ""
    property string note: ""
    property bool main: false
    property bool listed: false  // among others in a grid: pictures and words stand below each other
    property real inset: Theme.space.l  // of them
    property real least: 240
    property real size: Theme.type.body
    property real squeeze: 1  // of its words and picture, where keys stand narrow
    readonly property color text: main ? Theme.colour.accent_ink : Theme.colour.ink

    implicitHeight: Theme.size.bar
    implicitWidth: Math.max(least, Math.max(natural.advanceWidth, more.implicitWidth) + (icon ? size * 1.35 + row.spacing : 0) + 2 * Theme.space.l + Theme.space.s)
    ground: main ? Theme.colour.accent : Theme.colour.tone
    under: main ? Theme.colour.accent_pressed : Theme.colour.pressed

    TextMetrics {
        id: natural

        text: button.label
        font.family: Theme.type.family
        font.weight: Font.Bold
        font.pixelSize: button.size
    }
    Row {
        id: row

        x: button.listed ? button.inset : (parent.width - width) / 2
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.m

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.icon !== ""
            name: button.icon
            tint: button.main ? Theme.colour.accent_ink : Theme.colour.accent
            side: button.size * button.squeeze * 1.35
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter

            Label {
                id: words

                text: button.label
                color: button.text
                bold: true
                font.pixelSize: button.size * button.squeeze
                wrapMode: Text.NoWrap
            }
            Label {
                id: more

                visible: button.note !== ""
                text: button.note
                color: button.main ? Theme.colour.accent_ink : Theme.colour.quiet
                font.pixelSize: Theme.type.note
                wrapMode: Text.NoWrap
            }
        }
    }
}
