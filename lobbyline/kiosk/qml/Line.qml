// A picture and a few words beside it; the picture stands at the first line.
import QtQuick
import Lobbyline.Glass

Item {
    id: line

    property string icon: ""
    property string text: ""
    property string halves: text
    property real size: Math.min(40, Theme.type.body)
    property color colour: Theme.colour.ink

    visible: text !== ""
    height: words.height

    Icon {
        y: (words.height / Math.max(1, words.lineCount) - height) / 2
        name: line.icon
        tint: line.colour
        side: line.size * 1.1
    }
    Snug {
        id: words

        x: 44 + Theme.space.m
        width: line.width - x
        words: line.text
        halves: line.halves
        color: line.colour
        size: line.size
        least: size * 0.85
        lineHeight: 1.15
        maximumLineCount: 3
    }
}
