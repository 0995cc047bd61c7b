// What is the same on every page: whose branch this is and what time, a key home, the other language, somebody to help.
// For those who sit, the three keys stand on the line below which everything is in reach.
import QtQuick
import Lobbyline.Glass

Item {
    id: header

    required property QtObject kiosk
    required property bool wide
    required property real line  // from here on everything is in reach; 0 is the whole glass
    readonly property var words: kiosk.words
    readonly property var now: kiosk.now
    readonly property bool atHome: kiosk.page === "home" || kiosk.page === "out"
    readonly property bool low: line > 0
    readonly property bool together: low && wide  // beside the key back: height is dear there
    readonly property real keys: together ? height - Theme.size.bar - Theme.space.xl : low ? line + Theme.space.m : (Theme.size.header - home.height) / 2

    Item {
        width: parent.width
        height: Theme.size.header

        Column {
            readonly property bool helped: !header.wide && (header.kiosk.hint.text ?? "") !== ""  // what helps stands at its right

            anchors.verticalCenter: parent.verticalCenter
            x: header.low || header.atHome ? Theme.space.xl : home.x + home.width + Theme.space.l
            width: (!header.low ? right.x - Theme.space.m : helped ? parent.width * 0.45 : parent.width - Theme.space.xl) - x

            TapHandler {  // three seconds on the branch's name: the attendant's way in
                longPressThreshold: 3
                onLongPressed: header.kiosk.touch("attendant")
            }
            Fitted {
                width: parent.width
                room: 80
                words: header.kiosk.branchName
                color: Theme.colour.band_ink
                bold: true
                size: Theme.type.label + 4
            }
            Label {
                text: header.now.time + "  " + header.now.day
                color: Theme.colour.band_quiet
                font.pixelSize: 28
                wrapMode: Text.NoWrap
            }
        }
    }
    Rectangle {
        visible: header.low && !header.wide
        y: header.line
        width: parent.width
        height: Theme.size.strip
        color: Theme.colour.band
    }
    Button {
        id: home

        visible: !header.atHome
        x: Theme.space.xl + (header.together ? 280 : 0)
        y: header.keys
        height: header.together ? Theme.size.bar : Theme.size.key
        kiosk: header.kiosk
        name: "home"
        least: 176
        ground: header.together ? Theme.colour.tone : Theme.colour.card
        label: header.words.home
        icon: "home"
        size: Theme.type.label
    }
    Row {
        id: right

        x: header.together ? home.x + home.width + Theme.space.m : parent.width - width - Theme.space.xl
        y: header.keys
        spacing: Theme.space.m

        Button {
            visible: header.kiosk.otherLanguage !== ""
            height: home.height
            least: 168
            kiosk: header.kiosk
            name: "language"
            ground: home.ground
            label: header.kiosk.otherLanguage
            size: Theme.type.label
        }
        Button {
            height: home.height
            least: 176
            kiosk: header.kiosk
            name: "help"
            ground: home.ground
            label: header.words.help
            icon: "hand"
            size: Theme.type.label
        }
    }
}
