// The upper edge, the same on every page: home at the left, language and help at the right.
import QtQuick
import Lobbyline.Glass

Item {
    id: header

    required property QtObject kiosk
    readonly property var words: kiosk.words
    readonly property var now: kiosk.now
    readonly property bool atHome: kiosk.page === "home" || kiosk.page === "out"

    height: 152

    Button {
        id: home

        visible: !header.atHome
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.space.xl
        implicitHeight: Theme.size.key
        kiosk: header.kiosk
        name: "home"
        least: 180
        label: header.words.home
        icon: "home"
        size: 34
    }
    Column {
        anchors.verticalCenter: parent.verticalCenter
        TapHandler {  // three seconds on the branch's name: the attendant's way in
            longPressThreshold: 3
            onLongPressed: header.kiosk.touch("attendant")
        }

        x: header.atHome ? Theme.space.xl : home.x + home.width + Theme.space.l
        width: right.x - x - Theme.space.m

        Label {
            width: parent.width
            text: header.kiosk.branchName
            bold: true
            font.pixelSize: 34
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            wrapMode: Text.NoWrap
        }
        Label {
            text: header.now.time + "  " + header.now.day
            color: Theme.colour.quiet
            font.pixelSize: 28
            wrapMode: Text.NoWrap
        }
    }
    Row {
        id: right

        anchors {
            right: parent.right
            rightMargin: Theme.space.xl
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.space.m

        Button {
            implicitHeight: Theme.size.key
            least: 170
            kiosk: header.kiosk
            name: "language"
            label: header.kiosk.otherLanguage
            size: 34
        }
        Button {
            implicitHeight: Theme.size.key
            least: 180
            kiosk: header.kiosk
            name: "help"
            label: header.words.help
            icon: "hand"
            size: 34
        }
    }
}
