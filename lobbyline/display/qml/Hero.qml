// The last call: number and counter as large as the panel allows, on the called colour while it is fresh.
// New, it changes places with its ground once a second for those who do not hear: far below three flashes a second.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: hero
    required property var call
    required property var words
    required property real unit
    required property bool wide
    required property int seconds

    property int halves: 0  // half seconds of flashing that are left
    readonly property bool inverse: fresh && halves % 2 === 1
    readonly property bool fresh: call.fresh ?? false
    readonly property int identity: call.id ?? 0
    readonly property color ink: inverse ? Theme.colour.called : fresh ? Theme.colour.called_ink : Theme.colour.ink
    readonly property color secondInk: fresh ? ink : Theme.colour.quiet
    readonly property real pad: (wide ? Theme.space.xl : 28) * unit
    readonly property real caption: 112 * unit
    readonly property real captions: (wide ? 52 : 100) * unit
    readonly property real figure: wide ? 312 * unit : 0.42 * width

    objectName: "hero"
    radius: Theme.corner.tile * unit
    color: inverse ? Theme.colour.called_ink : fresh ? Theme.colour.called : Theme.colour.card

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
        id: inside
        anchors.fill: parent
        anchors.margins: hero.pad
        NumberAnimation on scale { id: grow; running: false; from: 0.9; to: 1; duration: Theme.duration.page; easing.type: Easing.OutCubic }

        Figures {
            id: number
            objectName: "called-number"
            y: hero.wide ? hero.caption : 0
            width: hero.wide ? parent.width * 0.7 : parent.width
            height: hero.wide ? parent.height - y : parent.height * 0.58
            value: hero.call.number ?? ""
            size: hero.figure
            ink: hero.ink
            alignment: hero.wide ? Text.AlignLeft : Text.AlignHCenter
        }
        Figures {
            visible: hero.wide
            x: number.width
            y: number.y
            width: counter.x - x
            height: number.height
            value: "→"
            size: 84 * hero.unit
            ink: hero.ink
        }
        Figures {
            id: counter
            objectName: "called-counter"
            x: parent.width - width
            y: hero.wide ? number.y : parent.height * 0.62
            width: parent.width * (hero.wide ? 0.235 : 0.34)
            height: hero.wide ? number.height : parent.height - y
            value: hero.call.counter ?? ""
            size: hero.wide ? number.fitting : 270 * hero.unit
            ink: hero.ink
        }
        Pair {
            visible: hero.wide
            width: number.width
            words: hero.fresh ? hero.words.calling : hero.words.called
            size: hero.captions
            ink: hero.ink
            secondInk: hero.secondInk
        }
        Pair {
            x: hero.wide ? counter.x : 0
            y: hero.wide ? 0 : counter.y + (counter.height - height) / 2
            width: hero.wide ? counter.width : counter.x - Theme.space.xl * hero.unit
            words: hero.fresh ? hero.words.go_to : hero.words.at
            size: hero.captions
            ink: hero.ink
            secondInk: hero.secondInk
            alignment: hero.wide ? Text.AlignHCenter : Text.AlignRight
        }
    }
}
