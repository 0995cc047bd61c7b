// One calm sentence where calls would stand: nobody called yet, branch closed, or nothing known yet.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: greeting
    required property var title
    required property var sentence
    required property real unit

    radius: Theme.corner.tile * unit
    color: Theme.colour.card

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.space.xxl * greeting.unit
        width: parent.width - 2 * x
        spacing: Theme.space.xxl * greeting.unit
        Pair {
            width: parent.width
            words: greeting.title
            size: Theme.type.display * greeting.unit
            ratio: 0.5
            ink: Theme.colour.accent
            secondInk: Theme.colour.accent
            alignment: Text.AlignHCenter
        }
        Pair {
            width: parent.width
            words: greeting.sentence
            size: Theme.type.title * greeting.unit
            ratio: 0.75
            bold: false
            alignment: Text.AlignHCenter
        }
    }
}
