// A square to write one character into, stroke by stroke; the finger's ink until the kiosk knows the stroke, then its own.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: pad

    required property QtObject kiosk
    required property var strokes
    property var ink: []  // x and y in turn, from 0 to 1

    objectName: "pad"
    radius: Theme.corner.key
    color: Theme.colour.card
    border.width: 2
    border.color: Theme.colour.line
    Accessible.role: Accessible.Canvas
    Accessible.name: kiosk.words.key_hand

    onStrokesChanged: paper.requestPaint()

    Canvas {
        id: paper

        anchors.fill: parent
        onPaint: {
            const pen = getContext("2d")
            pen.reset()
            pen.lineWidth = 12
            pen.lineCap = pen.lineJoin = "round"
            pen.strokeStyle = Theme.colour.ink
            const own = pad.ink.map((_, i) => i).filter(i => i % 2 === 0).map(i => ({ x: pad.ink[i], y: pad.ink[i + 1] }))
            for (const stroke of [...pad.strokes, own]) {
                pen.beginPath()
                stroke.forEach(point => pen.lineTo(point.x * width, point.y * height))
                pen.stroke()
            }
        }
    }
    MouseArea {
        anchors.fill: parent
        preventStealing: true

        function passed(mouse) {
            pad.ink = [...pad.ink, mouse.x / width, mouse.y / height]
            paper.requestPaint()
        }

        onPressed: mouse => { pad.ink = []; passed(mouse) }
        onPositionChanged: mouse => passed(mouse)
        onReleased: {
            const drawn = pad.ink
            pad.ink = []
            pad.kiosk.stroke(drawn)
        }
    }
}
