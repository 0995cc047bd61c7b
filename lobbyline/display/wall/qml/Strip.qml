// One notice at a time.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: strip
    required property var notice
    required property real unit
    required property bool wide
    required property real shift

    objectName: "strip"
    color: Theme.colour.tone

    Row {
        visible: strip.wide
        anchors { centerIn: parent; horizontalCenterOffset: strip.shift }
        scale: Math.min(1, (strip.width - 2 * Theme.space.l * strip.unit) / Math.max(1, width))  // a long notice is small, not cut
        spacing: Theme.space.xl * strip.unit
        Text {
            id: first
            text: strip.notice.first ?? ""
            color: Theme.colour.ink
            font { family: Theme.type.family; pixelSize: 42 * strip.unit; bold: true }
        }
        Text {
            anchors.baseline: first.baseline
            text: strip.notice.second ?? ""
            color: Theme.colour.quiet
            font { family: Theme.type.family; pixelSize: 34 * strip.unit }
        }
    }
    Pair {
        visible: !strip.wide
        anchors { centerIn: parent; horizontalCenterOffset: strip.shift }
        width: parent.width - 2 * Theme.space.l * strip.unit
        words: strip.notice
        size: 42 * strip.unit
        ratio: 0.74
        alignment: Text.AlignHCenter
    }
}
