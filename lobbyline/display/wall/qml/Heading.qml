// What a panel is about, in one quiet line of both languages.
import QtQuick
import Lobbyline.Glass

Text {
    required property var words
    required property real unit

    text: words.second ? words.first + "   " + words.second : words.first
    color: Theme.colour.quiet
    verticalAlignment: Text.AlignVCenter
    fontSizeMode: Text.HorizontalFit
    elide: Text.ElideRight
    minimumPixelSize: 20 * unit
    font { family: Theme.type.family; pixelSize: 30 * unit }
}
