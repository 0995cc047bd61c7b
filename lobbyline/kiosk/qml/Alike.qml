// One size for words that stand side by side: the largest in which all of them have room, in one line where that is
// not much smaller than it might be, else in two where two have room.
import QtQuick
import Lobbyline.Glass

FontMetrics {
    required property var words  // each in one line
    property var halves: words  // each in two
    required property real size  // as large as they may be
    required property real room  // for each of them, from left to right
    property real high: 0  // and from top to bottom
    property bool bold: false
    readonly property real pitch: 0.83  // of two lines that belong together
    readonly property real one: 0.97 * room / widest(words)
    readonly property real two: Math.min(0.97 * room / widest(halves), high / (2 * pitch * height / font.pixelSize))
    readonly property real letters: Math.floor(Math.min(size, one > 0.85 * size ? one : Math.max(one, two)))

    function widest(all) {  // in heights of its letters
        return all.join("\n").split("\n").reduce((most, line) => Math.max(most, advanceWidth(line)), 1) / font.pixelSize
    }

    font.family: Theme.type.family
    font.weight: bold ? Font.Bold : Font.Normal
    font.pixelSize: 100
}
