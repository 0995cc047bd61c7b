// Before you wait: what to have ready, and a machine as an equal way where there is one.
import QtQuick
import Lobbyline.Glass

Page {
    id: ready

    readonly property var it: kiosk.ready
    readonly property var papers: it.bring ?? []
    readonly property bool machine: (it.machine ?? "") !== ""
    readonly property real below: 250 + (wide || !machine ? 0 : low ? 360 : 600)  // that the papers leave to answers

    name: "ready"
    action: machine ? "" : "take"
    actionLabel: papers.length ? words.ready_all : words.take
    actionIcon: "ticket"
    second: papers.length ? "lacking" : ""
    secondLabel: words.ready_lack
    secondIcon: "warn"

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
                text: [ready.it.detail, ready.it.line].filter(Boolean).join(" · ")
                color: Theme.colour.accent
            }
        }
    }

    Column {
        id: list

        y: head.height + Theme.space.xl
        width: ready.wide ? (parent.width - Theme.space.l) / 2 : parent.width
        spacing: Theme.space.m

        Label {
            width: parent.width
            visible: ready.papers.length > 0
            text: ready.words.bring_title
            bold: true
            font.pixelSize: Theme.type.tile
        }
        Repeater {
            model: ready.papers.length

            Paper {
                required property int index
                readonly property var it: ready.papers[index] ?? ({})

                width: list.width
                height: Math.min(200, (ready.height - list.y - ready.below) / ready.papers.length - list.spacing)
                icon: it.icon ?? ""
                text: it.text ?? ""
            }
        }
    }

    Sign {
        visible: ready.papers.length === 0 && !ready.machine
        icon: ready.it.hint ? "person" : "check"
        sentence: ready.it.hint || ready.words.bring_none
    }

    Item {
        visible: ready.machine
        x: ready.wide ? list.width + Theme.space.l : 0
        y: ready.wide ? list.y : parent.height - height
        width: list.width
        height: ready.wide ? parent.height - y : or.height + Theme.space.m + (ready.low ? 240 : 460)

        Label {
            id: or

            text: ready.words.or
            bold: true
            font.pixelSize: Theme.type.tile
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
                    height: Math.min(500, or.parent.height - ways.y)
                    border.width: 3
                    border.color: Theme.colour.accent

                    Column {
                        anchors.centerIn: parent
                        width: parent.width - 2 * Theme.space.l
                        spacing: ready.low ? Theme.space.s : Theme.space.m

                        Icon {
                            anchors.horizontalCenter: parent.horizontalCenter
                            name: way.take ? "ticket" : "machine"
                            visible: !Theme.large
                            side: ready.low ? 56 : 88
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
                            font.pixelSize: ready.low ? Theme.type.note + 2 : Theme.type.body
                            lineHeight: 1.05
                            maximumLineCount: 3
                        }
                    }
                }
            }
        }
    }
}
