// The hall's television: two thirds for calls, one for waiting, a strip for notices; the same parts stacked in portrait.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: root
    required property var screen

    readonly property bool wide: width > height
    readonly property real unit: Math.min(width, height) / 1080
    readonly property real gap: Theme.space.l * unit
    readonly property real inner: width - 2 * gap
    readonly property real main: wide ? (inner - gap) * 2 / 3 : inner
    readonly property real side: wide ? inner - gap - main : inner
    readonly property real sideX: wide ? gap + main + gap : gap
    readonly property real headHeight: (wide ? 112 : 116) * unit
    readonly property real stripHeight: (wide ? 88 : 112) * unit
    readonly property real upper: wide ? gap : headHeight + gap
    readonly property real lower: height - stripHeight - gap
    readonly property real heroHeight: wide ? 444 * unit : 640 * unit
    readonly property real listHeight: wide ? lower - upper - heroHeight - gap : 468 * unit
    readonly property real belowX: wide ? sideX : gap
    readonly property real below: wide ? gap + headHeight : upper + heroHeight + listHeight + 2 * gap

    readonly property bool open: screen.state === "open"
    readonly property bool called: open && (screen.hero.id ?? 0) > 0
    property string page: !open ? screen.state : called ? "calls" : "welcome"

    color: Theme.colour.paper

    Item {
        x: root.screen.across
        y: root.screen.down
        width: root.width
        height: root.height

        Header {
            objectName: "header"
            x: root.open ? root.sideX : root.gap
            y: root.wide ? root.gap : Theme.space.s * root.unit
            width: root.open ? root.side : root.inner
            height: root.headHeight
            branch: root.screen.words.branch
            date: root.screen.date
            time: root.screen.time
            unit: root.unit
        }
        Hero {
            visible: root.called
            x: root.gap
            y: root.upper
            width: root.main
            height: root.heroHeight
            call: root.screen.hero
            words: root.screen.words
            unit: root.unit
            wide: root.wide
        }
        Earlier {
            objectName: "earlier"
            visible: root.called
            x: root.gap
            y: root.upper + root.heroHeight + root.gap
            width: root.main
            height: root.listHeight
            calls: root.screen.earlier
            words: root.screen.words
            unit: root.unit
        }
        Greeting {
            objectName: "greeting"
            visible: !root.called
            x: root.gap
            y: root.open ? root.upper : root.gap + root.headHeight
            width: root.open ? root.main : root.inner
            height: (root.open && !root.wide ? root.below - root.gap : root.lower) - y
            title: root.open ? root.screen.words.welcome : root.screen.state === "closed" ? root.screen.words.closed : root.screen.words.trouble
            sentence: root.open ? root.screen.words.take : root.screen.state === "closed" ? root.screen.opens : root.screen.words.listen
            unit: root.unit
        }
        Item {
            visible: root.open && !root.screen.trouble
            x: root.belowX
            y: root.below
            width: root.side
            height: root.lower - y

            Queues {
                objectName: "queues"
                width: root.wide ? parent.width : parent.width * 0.62
                height: root.wide ? soon.y - root.gap : parent.height
                lines: root.screen.queues
                words: root.screen.words
                unit: root.unit
            }
            Soon {
                id: soon
                objectName: "soon"
                x: root.wide ? 0 : parent.width * 0.62 + root.gap
                y: root.wide ? under - height : 0
                width: parent.width - x
                height: root.wide ? 152 * root.unit : under
                numbers: root.screen.soon
                words: root.screen.words
                unit: root.unit
                stacked: !root.wide
                readonly property real under: counters.visible ? counters.y - root.gap : parent.height
            }
            Counters {
                id: counters
                objectName: "counters"
                x: soon.x
                y: parent.height - height
                width: soon.width
                height: (root.wide || (root.screen.paused !== "") !== (root.screen.shut !== "") ? 84 : 148) * root.unit
                stacked: !root.wide
                paused: root.screen.paused
                shut: root.screen.shut
                words: root.screen.words
                unit: root.unit
            }
        }
        Greeting {
            objectName: "trouble"
            visible: root.open && root.screen.trouble
            x: root.belowX
            y: root.below
            width: root.side
            height: root.lower - y
            title: root.screen.words.trouble
            sentence: root.screen.words.listen
            unit: root.unit * 0.62
        }
    }
    Strip {
        y: root.height - height
        width: root.width
        height: root.stripHeight
        notice: root.screen.notice
        unit: root.unit
        wide: root.wide
    }
}
