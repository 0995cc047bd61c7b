// What the owner of a number may do with it himself.
import QtQuick
import Lobbyline.Glass

Row {
    id: owned

    required property QtObject page
    property real most: 2000  // that both take together
    readonly property real cell: (most - spacing) / 2

    spacing: Theme.space.m

    Repeater {
        model: owned.page.missed ? ["cancel"] : ["change", "cancel"]

        Button {
            required property string modelData

            kiosk: owned.page.kiosk
            name: modelData
            label: owned.page.words[modelData]
            icon: modelData === "change" ? "swap" : "bin"
            implicitHeight: Theme.size.key
            width: implicitWidth * squeeze
            squeeze: Math.min(1, owned.cell / Math.max(1, implicitWidth))
        }
    }
}
