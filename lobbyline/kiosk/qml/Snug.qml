// Words that stand in one line where a little smaller is enough for it, and in two where it is not.
import QtQuick
import Lobbyline.Glass

Label {
    id: snug

    required property string words
    property string halves: words  // the same in two lines
    required property real size
    property real least: size * 0.75
    property real pair: size  // in two lines
    readonly property real whole: Math.ceil(natural.advanceWidth)  // in one line, as large as it may be
    readonly property real fitting: natural.advanceWidth ? Math.floor(0.98 * size * width / natural.advanceWidth) : size
    readonly property bool two: fitting < Math.floor(least)

    text: two ? halves : words
    font.pixelSize: two ? pair : Math.min(size, fitting)
    wrapMode: two ? Text.Wrap : Text.NoWrap
    lineHeight: 1.05
    maximumLineCount: 2
    elide: Text.ElideRight

    TextMetrics {
        id: natural

        text: snug.words
        font.family: snug.font.family
        font.weight: snug.font.weight
        font.pixelSize: snug.size
    }
}
