// Before you wait: what to have ready, and a machine as an equal way where there is one.
import QtQuick
import Lobbyline.Glass

Page {
    id: ready

    readonly property var it: kiosk.ready
    readonly property var papers: it.bring ?? []
    readonly property bool machine: (it.machine ?? "") !== ""

    name: "ready"
    title: it.title ?? ""
    note: [it.detail, it.line].filter(Boolean).join(" · ")
    picture: it.icon ?? ""
    poster: false
    action: machine ? "" : "take"
    actionLabel: papers.length ? words.ready_all : words.take
    actionIcon: "ticket"
    second: papers.length ? "lacking" : ""
    secondLabel: words.ready_lack
    secondIcon: "warn"

    Item {
        id: head

        width: ready.wide && ready.machine ? (parent.width - Theme.space.xl) / 2 : parent.width
        height: Math.max(lead.height, faq.visible && !ready.low ? faq.height : 0)

        Snug {
            id: lead

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - (faq.visible && !ready.low ? faq.width + Theme.space.m : 0)
            visible: ready.papers.length > 0
            words: ready.words.bring_title
            bold: true
            size: Theme.type.tile
        }
    }
    Papers {
        id: list

        y: head.height + Theme.space.m
        width: head.width
        papers: ready.papers
        room: (ready.machine && !ready.wide && !ready.low ? choice.y - Theme.space.l : ready.room) - y
    }
    Sign {
        visible: ready.papers.length === 0 && !ready.machine
        room: ready.room
        icon: ready.it.hint ? "person" : "check"
        sentence: ready.it.hint || ready.words.bring_none
    }
    Button {
        id: faq

        visible: (ready.it.faq ?? []).length > 0
        x: head.width - width
        y: !ready.low ? 0 : ready.machine ? choice.y : parent.height - height
        implicitHeight: Theme.size.key
        kiosk: ready.kiosk
        name: "faq"
        label: ready.words.faq
        icon: "help"
        size: Theme.large ? Theme.type.note + 4 : Theme.type.label
    }

    Item {
        id: choice

        visible: ready.machine
        x: ready.wide ? head.width + Theme.space.xl : 0
        y: Math.max(ready.from, ready.wide ? 0 : parent.height - or.height - Theme.space.m - 460)
        width: head.width
        height: parent.height - y

        Label {
            id: or

            height: ready.wide ? head.height : Math.max(implicitHeight, ready.low && faq.visible ? faq.height : 0)
            verticalAlignment: Text.AlignVCenter
            text: ready.words.or
            bold: true
            font.pixelSize: Theme.type.tile
        }
        Grid {
            id: ways

            readonly property real cell: (choice.width - spacing) / 2

            y: or.height + Theme.space.m
            columns: 2
            spacing: Theme.space.m

            Alike {
                id: named

                words: [ready.words.machine, ready.words.take_wait, ready.kiosk.busy.trim()]
                size: Theme.type.tile
                room: ways.cell - 2 * Theme.space.l
                bold: true
            }
            Repeater {
                model: ["machine", "take"]

                Touch {
                    id: way

                    required property string modelData
                    readonly property bool take: modelData === "take"

                    kiosk: ready.kiosk
                    name: modelData
                    label: take ? ready.kiosk.busy.trim() || ready.words.take_wait : ready.words.machine
                    width: ways.cell
                    height: choice.height - ways.y
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
                            side: ready.low ? 56 : 96
                        }
                        Label {
                            anchors.horizontalCenter: parent.horizontalCenter
                            text: way.label
                            bold: true
                            font.pixelSize: named.letters
                            wrapMode: Text.NoWrap
                        }
                        Label {
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            text: way.take ? (ready.it.wait ?? "") : (ready.it.machine ?? "")
                            color: Theme.colour.quiet
                            font.pixelSize: ready.low ? Theme.type.note + 2 : Theme.type.body
                            maximumLineCount: 3
                        }
                    }
                }
            }
        }
    }
}
