// One text in both languages, the second one smaller under the first.
import QtQuick
import Lobbyline.Glass

Column {
    id: pair
    required property var words
    required property real size
    property real ratio: 0.62
    property color ink: Theme.colour.ink
    property color secondInk: Theme.colour.quiet
    property int alignment: Text.AlignLeft
    property bool bold: true
    property real least: 0.6  // of the size: what is longer then is cut

    Text {
        width: pair.width
        height: pair.size * 1.16  // the line of the typeface is half as high again as its characters
        text: pair.words.first ?? ""
        color: pair.ink
        horizontalAlignment: pair.alignment
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.HorizontalFit
        elide: Text.ElideRight
        minimumPixelSize: pair.size * pair.least
        font { family: Theme.type.family; pixelSize: pair.size; bold: pair.bold }
    }
    Text {
        width: pair.width
        height: pair.size * pair.ratio * 1.3
        visible: text !== ""
        text: pair.words.second ?? ""
        color: pair.secondInk
        horizontalAlignment: pair.alignment
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.HorizontalFit
        elide: Text.ElideRight
        minimumPixelSize: pair.size * pair.ratio * pair.least
        font { family: Theme.type.family; pixelSize: pair.size * pair.ratio }
    }
}
