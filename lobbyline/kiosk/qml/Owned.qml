// What the owner of a number may do with it himself.
import QtQuick
import Lobbyline.Glass

Row {
    id: owned

    required property QtObject page
    property real most: 2000  // that both take together
    readonly property var deeds: page.missed ? ["cancel"] : ["change", "cancel"]
    readonly property real cell: (most - spacing) / 2
    readonly property bool pictured: !Theme.large || cell > 500

    spacing: Theme.space.m

    Alike {
        id: words

        words: owned.deeds.map(deed => owned.page.words[deed])
        size: Theme.type.body
        room: owned.cell - 2 * Theme.space.l - (owned.pictured ? Theme.space.m + 1.35 * size : 0)
        bold: true
    }
    Repeater {
        model: owned.deeds

        Button {
            required property string modelData

            kiosk: owned.page.kiosk
            name: modelData
            label: owned.page.words[modelData]
            icon: !owned.pictured ? "" : modelData === "change" ? "swap" : "bin"
            size: words.letters
            implicitHeight: Theme.size.key
            width: Math.min(implicitWidth, owned.cell)
        }
    }
}
