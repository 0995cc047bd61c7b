// The customer's touchscreen: every page in one tree, one of them visible. The kiosk decides which.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: root

    required property QtObject kiosk
    readonly property string page: kiosk.page
    readonly property bool wide: width > height
    readonly property real unit: Math.min(width, height) / 1080

    color: Theme.colour.paper

    Item {
        width: root.width / root.unit
        height: root.height / root.unit
        scale: root.unit
        transformOrigin: Item.TopLeft

        Item {
            anchors.fill: parent
            enabled: root.kiosk.settled && root.kiosk.busy === "" && !warning.visible

            Header {
                id: header

                kiosk: root.kiosk
                width: parent.width
            }
            Item {
                anchors {
                    fill: parent
                    topMargin: header.height
                }

                Home { kiosk: root.kiosk; wide: root.wide }
                Group { kiosk: root.kiosk; wide: root.wide }
                Elder { kiosk: root.kiosk; wide: root.wide }
                Ready { kiosk: root.kiosk; wide: root.wide }
                Machine { kiosk: root.kiosk; wide: root.wide }
                Number { kiosk: root.kiosk; wide: root.wide }
                FormPage { kiosk: root.kiosk; wide: root.wide }
                Review { kiosk: root.kiosk; wide: root.wide }
                Enter { kiosk: root.kiosk; wide: root.wide }
                Trouble { kiosk: root.kiosk; wide: root.wide }
            }
        }

        Rectangle {
            visible: root.kiosk.note !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height - height - Theme.size.bar - Theme.space.xl - Theme.space.l
            width: note.width + 2 * Theme.space.xl
            height: note.height + 2 * Theme.space.m
            radius: height / 2
            color: Theme.colour.good

            Row {
                id: note

                anchors.centerIn: parent
                spacing: Theme.space.m

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "check"
                    tint: Theme.colour.card
                    side: 40
                }
                Label {
                    objectName: "note"
                    text: root.kiosk.note
                    color: Theme.colour.card
                    bold: true
                    wrapMode: Text.NoWrap
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }
            }
        }

        Warning {
            id: warning

            kiosk: root.kiosk
            anchors.fill: parent
        }
    }
}
