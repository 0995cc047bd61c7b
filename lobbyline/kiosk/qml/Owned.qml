// What the owner of a number may do with it himself.
import QtQuick
import Lobbyline.Glass

Row {
    id: owned

    required property QtObject page

    spacing: Theme.space.m

    Repeater {
        model: owned.page.missed ? ["cancel"] : ["change", "cancel"]

        Button {
            required property string modelData

            kiosk: owned.page.kiosk
            name: modelData
            label: owned.page.words[modelData]
            icon: modelData === "change" ? "change" : "bin"
            implicitHeight: Theme.size.key
        }
    }
}
