// Your number, the moment it is kept: place, time as a range, where to sit, and what the paper is doing.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var it: kiosk.number
    readonly property string paper: it.paper ?? ""
    readonly property bool trouble: paper === "fault" || paper === "failed" || paper === "unknown"
    readonly property bool fills: it.fill ?? false
    readonly property bool owned: (it.waiting ?? false) || missed  // still to be changed or given up
    readonly property bool missed: it.missed ?? false
    readonly property bool slips: !fills && (it.slip ?? false)

    name: "number"
    back: false
    action: missed ? "restore" : fills ? "fill" : "done"
    actionLabel: missed ? words.restore : fills ? words.fill : words.done
    actionIcon: missed ? "renew" : fills ? "pen" : "check"
    second: missed || fills ? "done" : slips ? "slip" : ""
    secondLabel: missed || fills ? words.done : words.slip
    secondIcon: missed || fills ? "check" : "printer"

    Hero {
        id: card

        page: page
        x: page.wide ? 0 : -Theme.space.xl
        y: page.wide ? 0 : -Theme.space.l
        width: page.wide ? parent.width * 0.42 : parent.width + 2 * Theme.space.xl
        height: page.wide ? parent.height - (page.low ? Theme.size.key + Theme.space.m : 0) : least
    }

    Column {
        id: facts

        readonly property real cell: (width - Theme.space.l) / 2

        x: page.wide ? card.width + Theme.space.xl : 0
        y: page.wide ? 0 : card.y + card.height + Theme.space.l
        width: parent.width - x
        spacing: page.wide || page.low ? Theme.space.m : Theme.space.l

        Stand {
            page: page
            visible: !page.low || (page.wide && !page.it.waiting)
        }
        Grid {
            visible: page.it.waiting ?? false
            columns: 2
            spacing: page.low ? Theme.space.m : Theme.space.l

            Fact {
                low: page.low > 0
                width: facts.cell
                icon: "people"
                label: page.words.ahead_label
                value: page.it.ahead ?? ""
            }
            Fact {
                low: page.low > 0
                width: facts.cell
                icon: "clock"
                label: page.words.wait_label
                value: page.it.wait ?? ""
                more: page.low ? "" : page.it.around ?? ""
            }
            Fact {
                low: page.low > 0
                width: facts.cell
                icon: "seat"
                label: page.words.seat_label
                value: page.it.zone ?? ""
            }
            Fact {
                low: page.low > 0
                width: facts.cell
                visible: value !== ""
                icon: "counter"
                label: page.words.counter_label
                value: page.it.counters ?? ""
            }
        }
        Fact {
            id: bring

            width: parent.width
            visible: !page.low && !(Theme.large && page.fills) && (page.it.waiting ?? false) && value !== ""
            icon: "document"
            label: page.words.papers_label
            value: page.it.bring ?? ""
        }
        Owned {
            visible: !page.wide && !page.low && page.owned
            page: page
        }
        Label {
            width: parent.width
            visible: page.trouble && !page.low
            text: page.words.paper_staff
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
        }
    }
    Column {
        y: page.wide ? parent.height - height : page.from
        width: parent.width
        spacing: Theme.space.l
        visible: page.low > 0

        Stand {
            page: page
            visible: !page.wide
        }
        Owned {
            visible: page.owned
            page: page
        }
        Fact {
            width: parent.width
            visible: !page.wide && bring.value !== "" && (page.it.waiting ?? false)
            icon: bring.icon
            label: bring.label
            value: bring.value
        }
    }
    Rectangle {
        visible: page.fills && !page.missed
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: facts.width
        height: ask.height + 2 * Theme.space.m
        radius: Theme.corner.tile
        color: Theme.colour.accent_tone

        Column {
            id: ask

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.space.l
            width: parent.width - 2 * x

            Label {
                width: parent.width
                visible: !Theme.large
                text: page.words.fill_note
                bold: true
            }
            Label {
                width: parent.width
                text: page.it.consent ?? ""
                color: Theme.colour.quiet
                font.pixelSize: Theme.type.note
            }
        }
    }
}
