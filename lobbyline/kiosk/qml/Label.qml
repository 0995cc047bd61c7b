// Words: our font, our sizes, never markup.
import QtQuick
import Lobbyline.Glass

Text {
    property bool bold: false

    color: Theme.colour.ink
    font.family: Theme.type.family
    font.pixelSize: Theme.type.body
    font.weight: bold ? Font.Bold : Font.Normal
    lineHeight: 1.15
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter  // of words that had to become smaller
    wrapMode: Text.Wrap
}
