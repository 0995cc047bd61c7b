// What every page has in the same place: back at the lower left, the main answer at the lower right.
import QtQuick
import Lobbyline.Glass

Item {
    id: page

    required property QtObject kiosk
    required property bool wide
    property bool low: false  // everything stands in the lower part, for those who sit
    required property string name
    readonly property var words: kiosk.words
    property bool back: true
    property string action: ""
    property string actionLabel: ""
    property string actionIcon: ""
    property string second: ""
    property string secondLabel: ""
    property string secondIcon: ""
    property bool footer: true
    default property alias content: body.data

    anchors.fill: parent
    visible: kiosk.page === name

    Item {
        id: body

        anchors {
            fill: parent
            leftMargin: Theme.space.xl
            rightMargin: Theme.space.xl
            bottomMargin: page.footer ? bar.height + Theme.space.l : 0
        }
    }

    Item {
        id: bar

        visible: page.footer
        height: Theme.size.bar + Theme.space.xl
        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
            leftMargin: Theme.space.xl
            rightMargin: Theme.space.xl
        }

        Button {
            visible: page.back
            kiosk: page.kiosk
            name: "back"
            label: page.words.back
            icon: "back"
        }
        Row {
            anchors.right: parent.right
            spacing: Theme.space.m

            Button {
                visible: page.second !== ""
                kiosk: page.kiosk
                name: page.second
                label: page.secondLabel
                icon: page.secondIcon
            }
            Button {
                visible: page.action !== ""
                kiosk: page.kiosk
                name: page.action
                label: page.kiosk.busy.trim() || page.actionLabel
                icon: page.actionIcon
                main: true
                size: Theme.type.tile - 4
            }
        }
    }
}
