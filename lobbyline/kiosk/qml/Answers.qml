// The letters of answers that stand side by side, whichever of them is chosen.
import QtQuick
import Lobbyline.Glass

Alike {
    required property var among
    required property real cell  // width of each
    required property real tall
    property bool plain: false  // wide, with the words at the left

    words: among.map(it => it.label ?? "")
    halves: among.map(it => it.halves ?? it.label ?? "")
    size: plain ? Theme.type.label + 6 : Theme.type.label - 2
    room: cell - (plain ? Theme.space.l + 44 + 2 * Theme.space.m : Theme.space.m + 36 + Theme.space.s)
    high: tall - Theme.space.s
}
