// Words in as many lines as they take: as large as they may be, and smaller only where they would not all fit.
import QtQuick
import Lobbyline.Glass

Item {
    id: fitted

    required property string words
    required property real size
    required property real room  // that they may take from top to bottom
    property alias bold: label.bold
    property alias color: label.color
    property alias lineHeight: label.lineHeight

    height: label.contentHeight
    Accessible.role: Accessible.StaticText
    Accessible.name: words

    Label {
        id: label

        width: parent.width
        height: fitted.room
        text: fitted.words
        font.pixelSize: fitted.size
        fontSizeMode: Text.Fit
        minimumPixelSize: 26
        lineHeight: 1
        verticalAlignment: Text.AlignTop
    }
}
