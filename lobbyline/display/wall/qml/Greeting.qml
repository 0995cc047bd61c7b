// One calm sentence where calls would stand: nobody called yet, branch closed, or nothing known yet.
import QtQuick
import Lobbyline.Glass

Card {
    id: greeting
    required property var title
    required property var sentence
    property bool framed: true
    readonly property real fitting: Math.min(unit, height / 640)  // beside a leaflet there is less room

    border.width: framed ? Theme.size.frame * unit : 0
    color: framed ? Theme.colour.card : Theme.colour.paper

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.space.xxl * greeting.unit
        width: parent.width - 2 * x
        spacing: Theme.space.xxl * greeting.fitting
        Pair {
            width: parent.width
            words: greeting.title
            size: Math.max(1, Theme.type.display * greeting.fitting)
            ratio: 0.5
            ink: Theme.colour.accent
            secondInk: Theme.colour.accent
            alignment: Text.AlignHCenter
        }
        Pair {
            width: parent.width
            words: greeting.sentence
            size: Math.max(1, Theme.type.title * greeting.fitting)
            ratio: 0.75
            least: 0.4  // a day and an hour are never cut
            bold: false
            alignment: Text.AlignHCenter
        }
    }
}
