// Your number, the moment it is kept: place, time as a range, where to sit, and what the paper is doing.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var it: kiosk.number
    readonly property string paper: it.paper ?? ""
    readonly property bool trouble: paper === "fault" || paper === "failed" || paper === "unknown"
    readonly property bool fills: it.fill ?? false
    readonly property bool slips: !fills && (it.slip ?? false)

    name: "number"
    back: false
    action: fills ? "fill" : "done"
    actionLabel: fills ? words.fill : words.done
    actionIcon: fills ? "pen" : "check"
    second: fills ? "done" : slips ? "slip" : ""
    secondLabel: fills ? words.done : words.slip
    secondIcon: fills ? "check" : "printer"

    Rectangle {
        id: card

        width: page.wide ? parent.width * 0.42 : parent.width
        height: page.wide ? parent.height : face.height + 2 * Theme.space.xl
        radius: Theme.corner.tile
        color: Theme.colour.card

        Column {
            id: face

            anchors.centerIn: parent
            width: parent.width - 2 * Theme.space.l
            spacing: Theme.space.m

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: page.words.number_title + "\n" + (page.it.service ?? "")
                color: Theme.colour.quiet
                font.pixelSize: Theme.type.body
            }
            Label {
                objectName: "ticket"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: page.it.number ?? ""
                bold: true
                color: Theme.colour.accent
                font.pixelSize: Math.min(page.wide ? 230 : 260, Theme.type.display * 1.6)
                fontSizeMode: Text.HorizontalFit
                lineHeight: 1
                wrapMode: Text.NoWrap
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: page.paper !== ""
                width: Math.min(paperRow.width + 2 * Theme.space.l, parent.width)
                height: paperRow.height + 2 * Theme.space.m
                radius: height / 2
                color: page.trouble ? Theme.colour.warn_tone : page.paper === "printed" ? Theme.colour.good_tone : Theme.colour.tone

                Row {
                    id: paperRow

                    anchors.centerIn: parent
                    spacing: Theme.space.m

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: page.trouble ? "warn" : page.paper === "printed" ? "check" : "printer"
                        tint: page.trouble ? Theme.colour.warn : page.paper === "printed" ? Theme.colour.good : Theme.colour.quiet
                        side: 44
                    }
                    Label {
                        objectName: "paper"
                        width: Math.min(implicitWidth, card.width - 4 * Theme.space.l - 60)
                        text: page.paper ? page.words["paper_" + page.paper] : ""
                        color: page.trouble ? Theme.colour.warn : page.paper === "printed" ? Theme.colour.good : Theme.colour.ink
                        font.pixelSize: Theme.type.body
                        Accessible.role: Accessible.StaticText
                        Accessible.name: text
                    }
                }
            }
        }
    }

    Column {
        x: page.wide ? card.width + Theme.space.xl : Theme.space.m
        y: page.wide ? 0 : card.height + Theme.space.l
        width: parent.width - x
        spacing: Theme.space.l

        Label {
            width: parent.width
            objectName: "state"
            text: page.it.state ?? ""
            Accessible.role: Accessible.StaticText
            Accessible.name: text
            bold: true
            font.pixelSize: Theme.type.tile
            color: page.it.waiting ? Theme.colour.ink : Theme.colour.accent
        }
        Grid {
            id: facts

            readonly property real cell: (width - (columns - 1) * columnSpacing) / columns

            width: parent.width
            columns: page.wide ? 2 : 1
            rowSpacing: page.wide ? Theme.space.l : Theme.space.l
            columnSpacing: Theme.space.l

            Fact {
                width: facts.cell
                visible: page.it.waiting ?? false
                icon: "people"
                label: page.words.ahead_label
                value: page.it.ahead ?? ""
            }
            Fact {
                width: facts.cell
                visible: page.it.waiting ?? false
                icon: "clock"
                label: page.words.wait_label
                value: page.it.wait ?? ""
                more: page.it.around ?? ""
            }
            Fact {
                width: facts.cell
                visible: page.it.waiting ?? false
                icon: "seat"
                label: page.words.seat_label
                value: page.it.zone ?? ""
            }
            Fact {
                width: facts.cell
                visible: (page.it.waiting ?? false) && value !== ""
                icon: "counter"
                label: page.words.counter_label
                value: page.it.counters ?? ""
            }
        }
    }
    Rectangle {
        visible: page.fills
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: page.wide ? parent.width - card.width - Theme.space.xl : parent.width
        height: ask.height + 2 * Theme.space.l
        radius: Theme.corner.tile
        color: Theme.colour.accent_tone

        Column {
            id: ask

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.space.l
            width: parent.width - 2 * x

            Label {
                width: parent.width
                text: page.words.fill_question
                bold: true
                font.pixelSize: Theme.type.tile - 4
            }
            Label {
                width: parent.width
                text: page.words.fill_note
                color: Theme.colour.quiet
            }
        }
    }
}
