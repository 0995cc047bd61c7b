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
        label: header.words.home
        icon: "home"
    }
    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: header.atHome ? Theme.space.xl : home.x + home.width + Theme.space.l

        Label {
            text: header.kiosk.branchName
            bold: true
            font.pixelSize: 34
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
        anchors {
            right: parent.right
            rightMargin: Theme.space.xl
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.space.m

        Button {
            implicitHeight: Theme.size.key
            implicitWidth: 200
            kiosk: header.kiosk
            name: "language"
            label: header.kiosk.otherLanguage
            size: 34
        }
        Button {
            implicitHeight: Theme.size.key
            implicitWidth: 180
            kiosk: header.kiosk
            name: "help"
            label: header.words.help
            icon: "hand"
            size: 34
        }
    }
}
