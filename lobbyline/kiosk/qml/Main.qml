// The customer's touchscreen: every page in one tree, one of them visible. The kiosk decides which.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: root

    required property QtObject kiosk
    readonly property string page: kiosk.page
    readonly property bool wide: width > height
    readonly property bool complete: pages.next === others.count  // every page was made
    readonly property real line: kiosk.low ? Math.round((1 - kiosk.reach) * height / unit) : 0  // below it all is in reach
    readonly property real low: line ? line + (wide ? 0 : Theme.size.strip) + Theme.space.l - Theme.size.header : 0
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

            Rectangle {
                width: parent.width
                height: Theme.size.header
                color: Theme.colour.band
            }
            Item {
                id: around

                property Item page: home  // the one that is shown
                readonly property real banded: band.height

                anchors {
                    fill: parent
                    topMargin: Theme.size.header
                }

                Band {
                    id: band

                    width: parent.width
                    kiosk: root.kiosk
                    page: around.page
                }
                Footer {
                    x: Theme.space.xl
                    y: parent.height - height
                    width: parent.width - 2 * x
                    kiosk: root.kiosk
                    page: around.page
                }
                Home {
                    id: home

                    kiosk: root.kiosk
                    frame: around
                    wide: root.wide
                    low: root.low
                }

                Repeater {
                    id: others

                    model: ["Ready", "Number", "Group", "Elder", "Access", "Bands", "Unsure", "Enter", "FormPage", "Review",
                            "Machine", "Lacking", "Faq", "Change", "Cancel", "Trouble", "Out", "Pin", "Attendant"]

                    Later {
                        required property string modelData

                        file: modelData
                        kiosk: root.kiosk
                        frame: around
                        wide: root.wide
                        low: root.low
                    }
                }
            }
            Header {
                anchors.fill: parent
                kiosk: root.kiosk
                wide: root.wide
                line: root.line
            }
        }

        Rectangle {
            visible: root.kiosk.note !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            y: root.wide ? (Theme.size.header - height) / 2  // beside the branch's name
                : home.visible && home.pause ? Theme.size.header + home.pause - height / 2
                : parent.height - height - Theme.size.bar - Theme.space.xl - Theme.space.l
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

        Timer {
            id: pages

            // Pages come after the first picture, one by one, so that none has to be waited for.
            property int next: 0

            interval: 40
            repeat: true
            running: next < others.count
            onTriggered: others.itemAt(next++).load()
        }

        Warning {
            id: warning

            kiosk: root.kiosk
            line: root.line
            anchors.fill: parent
        }
    }
}
