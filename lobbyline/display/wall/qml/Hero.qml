// The last call: its number on the called colour while it is fresh, and its counter as a sign of the opposite colours.
// New, both change places with their grounds once a second for those who do not hear: far below three flashes a second.
import QtQuick
import Lobbyline.Glass

Card {
    id: hero
    required property var call
    required property var words
    required property bool wide
    required property int seconds

    property int halves: 0  // half seconds of flashing that are left
    readonly property bool inverse: fresh && halves % 2 === 1
    readonly property bool fresh: call.fresh ?? false
    readonly property int identity: call.id ?? 0
    readonly property color ink: inverse ? Theme.colour.called : fresh ? Theme.colour.called_ink : Theme.colour.ink
    readonly property color secondInk: fresh ? ink : Theme.colour.quiet
    readonly property color ground: inverse ? Theme.colour.called_ink : fresh ? Theme.colour.called : Theme.colour.card
    readonly property real pad: (wide ? Theme.space.xl : 28) * unit
    readonly property real edge: Theme.space.m * unit
    readonly property real captions: (wide ? 52 : 92) * unit

    objectName: "hero"
    color: ground

    onIdentityChanged: {
        grow.restart()
        halves = fresh ? 2 * seconds : 0
    }

    Timer {
        interval: 500
        repeat: true
        running: hero.visible && hero.halves > 0
        onTriggered: hero.halves -= 1
    }
    Item {
        anchors.fill: parent
        NumberAnimation on scale { id: grow; running: false; from: 0.9; to: 1; duration: Theme.duration.page; easing.type: Easing.OutCubic }

        Pair {
            id: title
            visible: hero.wide
            x: hero.pad
            y: hero.pad - Theme.space.s * hero.unit
            width: number.width
            words: hero.fresh ? hero.words.calling : hero.words.called
            size: hero.captions
            ink: hero.ink
            secondInk: hero.secondInk
        }
        Figures {
            id: number
            objectName: "called-number"
            x: hero.pad
            y: hero.wide ? title.y + title.height : hero.edge
            width: hero.wide ? parent.width * 0.655 : parent.width - 2 * x
            height: (hero.wide ? parent.height : sign.y) - y
            value: hero.call.number ?? ""
            size: hero.wide ? 312 * hero.unit : 0.42 * hero.width
            ink: hero.ink
            alignment: hero.wide ? Text.AlignLeft : Text.AlignHCenter
        }
        Rectangle {
            id: sign
            readonly property color ink: hero.fresh ? hero.ground : Theme.colour.ink
            x: hero.wide ? parent.width - width - y : hero.edge
            y: hero.wide ? hero.edge : parent.height * 0.6
            width: hero.wide ? parent.width * 0.275 : parent.width - 2 * x
            height: parent.height - y - hero.edge
            radius: Theme.corner.key * hero.unit
            color: hero.fresh ? hero.ink : Theme.colour.accent_tone

            Pair {
                id: place
                x: hero.wide ? hero.edge : hero.pad
                y: hero.wide ? title.y - parent.y : (parent.height - height) / 2
                width: (hero.wide ? parent.width : counter.x) - 2 * x
                words: hero.fresh ? hero.words.go_to : hero.words.at
                size: hero.captions
                ink: sign.ink
                secondInk: hero.fresh ? sign.ink : Theme.colour.quiet
                alignment: hero.wide ? Text.AlignHCenter : Text.AlignLeft
            }
            Figures {
                id: counter
                objectName: "called-counter"
                x: hero.wide ? hero.edge : parent.width - width - hero.edge
                y: hero.wide ? number.y - parent.y : 0
                width: hero.wide ? parent.width - 2 * x : parent.width * 0.36
                height: parent.height - y
                value: hero.call.counter ?? ""
                size: hero.wide ? number.fitting : 228 * hero.unit
                ink: sign.ink
            }
        }
    }
}
