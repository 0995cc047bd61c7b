// The hall's television: two thirds for calls, one for waiting, a strip for notices; the same parts stacked in portrait.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: root
    required property var screen

    readonly property bool wide: width > height
    readonly property real unit: Math.max(100, Math.min(width, height, wide ? width * 9 / 16 : height)) / 1080  // a nearly square panel is as wide as its third needs
    readonly property real gap: Theme.space.l * unit
    readonly property real inner: width - 2 * gap
    readonly property real main: wide ? (inner - gap) * 2 / 3 : inner
    readonly property real side: wide ? inner - gap - main : inner
    readonly property real sideX: wide ? gap + main + gap : gap
    readonly property real headHeight: 112 * unit
    readonly property real stripHeight: (wide ? 88 : 112) * unit
    readonly property real upper: wide ? gap : headHeight + 2 * gap
    readonly property real lower: height - stripHeight - gap
    readonly property real heroHeight: wide ? 444 * unit : 588 * unit
    readonly property bool closed: screen.state === "closed"
    readonly property bool papers: open && (screen.leaflet.kind ?? "") !== ""
    readonly property bool listed: called && screen.earlier.length > 0
    readonly property real second: upper + heroHeight + gap  // under the newest call
    readonly property real list: papers ? (main - gap) * 0.55 : main
    readonly property real listHeight: wide ? lower - upper - heroHeight - gap : 400 * unit
    readonly property real belowX: wide ? sideX : gap
    readonly property real below: wide ? gap + headHeight + Theme.space.m * unit : upper + heroHeight + listHeight + 2 * gap

    readonly property var take: ({ "kind": "text", "first": screen.words.take.first, "second": screen.words.take.second })

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
            y: root.gap
            width: root.open ? root.side : root.inner
            height: root.headHeight
            branch: root.screen.words.branch
            date: root.screen.date
            time: root.screen.time
            unit: root.unit
        }
        Hero {
            id: hero
            visible: root.called
            x: root.gap
            y: root.upper
            width: root.main
            height: root.heroHeight
            call: root.screen.hero
            words: root.screen.words
            unit: root.unit
            wide: root.wide
            seconds: root.screen.flash
        }
        Leaflet {
            objectName: "leaflet"
            visible: root.called ? root.papers || !root.listed : root.papers
            x: root.gap + (root.listed ? root.list + root.gap : 0)
            y: root.second
            width: root.main - (root.listed ? root.list + root.gap : 0)
            height: root.listHeight
            page: root.papers ? root.screen.leaflet : root.take
            unit: root.unit
        }
        Earlier {
            objectName: "earlier"
            visible: root.listed
            x: root.gap
            y: root.second
            width: root.list
            height: root.listHeight
            calls: root.screen.earlier
            inverse: hero.inverse
            words: root.screen.words
            unit: root.unit
        }
        Greeting {
            objectName: "greeting"
            visible: !root.called
            // over a closed branch the words wander, so that no night burns them in
            readonly property real wander: root.closed ? root.inner * 0.08 : 0
            readonly property real begins: root.open ? root.upper : root.gap + root.headHeight + Theme.space.m * root.unit
            framed: !root.closed
            x: root.gap + wander * (1 + root.screen.across / 6)
            y: begins + wander * (1 + root.screen.down / 6) / 2
            width: root.open ? root.main : root.inner - 2 * wander
            height: root.papers ? root.heroHeight : (root.open && !root.wide ? root.below - root.gap : root.lower - wander) - begins
            title: root.open ? root.screen.words.welcome : root.closed ? root.screen.words.closed : root.screen.words.trouble
            sentence: root.open ? root.screen.words.take : root.closed ? root.screen.opens : root.screen.words.listen
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
                height: (root.wide ? soon.y : counters.y) - root.gap
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
                readonly property real under: counters.y - root.gap
            }
            Counters {
                id: counters
                objectName: "counters"
                y: parent.height - height
                width: parent.width
                height: 112 * root.unit
                serving: root.screen.serving
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
        // its upper edge drifts with everything else; it still reaches the panel's own edges
        y: root.height - root.stripHeight + root.screen.down
        width: root.width
        height: root.height - y
        shift: root.screen.across
        notice: root.screen.notice
        unit: root.unit
        wide: root.wide
    }
    Rectangle {
        id: edge  // what the corner of an eye sees
        objectName: "edge"
        anchors.fill: parent
        visible: hero.visible && hero.inverse
        color: "transparent"
        border { width: 16 * root.unit; color: Theme.colour.called }
    }
}
