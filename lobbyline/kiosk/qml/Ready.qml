// Before you wait: what to have ready, and a machine as an equal way where there is one.
import QtQuick
import Lobbyline.Glass

Page {
    id: ready

    readonly property var it: kiosk.ready
    readonly property var papers: it.bring ?? []
    readonly property bool machine: (it.machine ?? "") !== ""
    readonly property real room: wide ? list.parent.height : low ? from - Theme.size.strip - Theme.space.l : machine ? choice.y - Theme.space.l : list.parent.height - (faq.visible ? faq.height + Theme.space.l : 0)

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

    Column {
        id: list

        width: ready.wide ? (parent.width - Theme.space.l) / 2 : parent.width
        spacing: Theme.space.m

        Label {
            id: lead

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
                height: Math.min(200, (ready.room - lead.height) / ready.papers.length - list.spacing)
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

    Button {
        id: faq

        visible: (ready.it.faq ?? []).length > 0
        anchors.right: parent.right
        y: ready.machine ? choice.y + or.height - height : parent.height - height
        implicitHeight: Theme.size.bar - Theme.space.l
        kiosk: ready.kiosk
        name: "faq"
        label: ready.words.faq
        icon: "help"
        size: Theme.type.note + 4
    }

    Item {
        id: choice

        visible: ready.machine
        x: ready.wide ? list.width + Theme.space.l : 0
        y: Math.max(ready.from, ready.wide ? 0 : parent.height - or.height - Theme.space.m - 460)
        width: list.width
        height: parent.height - y

        Label {
            id: or

            height: Math.max(implicitHeight, faq.visible ? faq.height : 0)
            verticalAlignment: Text.AlignBottom
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
