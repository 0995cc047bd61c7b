// How a number stands now, in one sentence; larger when there is something to do at once.
import QtQuick
import Lobbyline.Glass

Snug {
    required property QtObject page
    readonly property bool waiting: page.it.waiting ?? false

    objectName: "state"
    width: parent.width
    words: page.it.state ?? ""
    halves: page.it.halves ?? words
    bold: true
    size: waiting ? Theme.type.tile : Theme.type.title
    color: waiting ? Theme.colour.ink : Theme.colour.accent
    Accessible.role: Accessible.StaticText
    Accessible.name: words
}
