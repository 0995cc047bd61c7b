// Before you wait: what to have ready, and a machine as an equal way where there is one.
import QtQuick
import Lobbyline.Glass

Page {
    id: ready

    readonly property var it: kiosk.ready
    readonly property var papers: it.bring ?? []
    readonly property bool machine: (it.machine ?? "") !== ""

    name: "ready"
    action: machine ? "" : "take"
    actionLabel: words.take
    actionIcon: "ticket"

    Row {
        id: head

        spacing: Theme.space.l

        Rectangle {
            width: 120
            height: 120
            radius: 60
            color: Theme.colour.accent_tone

            Icon {
                anchors.centerIn: parent
                name: ready.it.icon ?? ""
                side: 72
            }
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: ready.width - 120 - Theme.space.l - 2 * Theme.space.xl

            Label {
                width: parent.width
                text: ready.it.title ?? ""
                bold: true
                font.pixelSize: Theme.type.title
                lineHeight: 1.05
            }
            Label {
                width: parent.width
                text: ready.it.line ?? ""
                color: Theme.colour.accent
            }
        }
    }

    Rectangle {
        id: list

        y: head.height + Theme.space.xl
        width: ready.wide ? (parent.width - Theme.space.l) / 2 : parent.width
        height: Math.min(papersColumn.height + 2 * Theme.space.xl, parent.height - y)
        radius: Theme.corner.tile
        color: Theme.colour.card

        Column {
            id: papersColumn

            x: Theme.space.xl
            y: Theme.space.xl
            width: parent.width - 2 * x
            spacing: Theme.space.l

            Label {
                width: parent.width
                text: ready.it.hint || (ready.papers.length ? ready.words.bring_title : ready.words.bring_none)
                bold: true
                font.pixelSize: Theme.type.tile
            }
            Repeater {
                model: ready.papers.length

                Row {
                    id: paper

                    required property int index
                    readonly property var it: ready.papers[index] ?? ({})

                    spacing: Theme.space.l

                    Rectangle {
                        width: 88
                        height: 88
                        radius: Theme.corner.tile
                        color: Theme.colour.accent_tone

                        Icon {
                            anchors.centerIn: parent
                            name: paper.it.icon ?? ""
                            side: 56
                        }
                    }
                    Label {
                        anchors.verticalCenter: parent.verticalCenter
                        width: papersColumn.width - 88 - Theme.space.l
                        text: paper.it.text ?? ""
                        font.pixelSize: Theme.type.tile - 6
                    }
                }
            }
            Label {
                width: parent.width
                visible: ready.papers.length > 0
                text: ready.words.bring_note
                color: Theme.colour.quiet
                font.pixelSize: Theme.type.note
            }
        }
    }

    Item {
        visible: ready.machine
        x: ready.wide ? list.width + Theme.space.l : 0
        y: ready.wide ? list.y : parent.height - height
        width: list.width
        height: or.height + Theme.space.m + (ready.wide ? 440 : 400)

        Label {
            id: or

            text: ready.words.or
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.body
        }
        Grid {
            id: ways

            y: or.height + Theme.space.m
            columns: 2
            spacing: Theme.space.m

            Repeater {
                model: ["machine", "take"]

                Touch {
                    id: way

                    required property string modelData
                    readonly property bool take: modelData === "take"

                    kiosk: ready.kiosk
                    name: modelData
                    label: take ? ready.kiosk.busy.trim() || ready.words.take_wait : ready.words.machine
                    width: (or.parent.width - Theme.space.m) / 2
                    height: or.parent.height - ways.y
                    border.width: 3
                    border.color: Theme.colour.accent

                    Column {
                        anchors.centerIn: parent
                        width: parent.width - 2 * Theme.space.l
                        spacing: Theme.space.m

                        Icon {
                            anchors.horizontalCenter: parent.horizontalCenter
                            name: way.take ? "ticket" : "machine"
                            side: 88
                        }
                        Label {
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            text: way.label
                            bold: true
                            font.pixelSize: Theme.type.tile
                        }
                        Label {
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            text: way.take ? (ready.it.wait ?? "") : (ready.it.machine ?? "")
                            color: Theme.colour.quiet
                            maximumLineCount: 3
                        }
                    }
                }
            }
        }
    }
}
