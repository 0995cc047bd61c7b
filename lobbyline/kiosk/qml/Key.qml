// One key of a keyboard.
import QtQuick
import Lobbyline.Glass

Touch {
    id: key

    required property var it

    name: it.name ?? ""
    label: it.label || name.slice(4)
    visible: name !== ""
    radius: Theme.corner.key
    ground: !it.plain && ((it.span ?? 1) > 1 || it.icon) ? Theme.colour.tone : Theme.colour.card

    Label {
        anchors.centerIn: parent
        visible: !key.it.icon
        width: parent.width - Theme.space.m
        horizontalAlignment: Text.AlignHCenter
        text: key.it.label ?? ""
        bold: (key.it.span ?? 1) === 1 && !key.it.plain
        font.pixelSize: key.it.plain || (key.it.span ?? 1) === 1 ? Theme.type.entry : Theme.type.label
        lineHeight: 1
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 22
        wrapMode: Text.NoWrap
    }
    Icon {
        anchors.centerIn: parent
        visible: (key.it.icon ?? "") !== ""
        name: key.it.icon ?? ""
        tint: Theme.colour.ink
        side: 52
    }
}
