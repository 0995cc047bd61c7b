// One thing to know: a picture, what it is, and the thing itself in large letters.
import QtQuick
import Lobbyline.Glass

Item {
    id: fact

    required property string icon
    required property string label
    required property string value
    property string more: ""
    property bool low: false  // what took a second line would not be seen

    height: Math.max(badge.height, said.y + said.height)

    Badge {
        id: badge
    
        icon: fact.icon
    }
    Column {
        id: said

        x: badge.width + Theme.space.l
        y: Math.max(0, (badge.height - called.height - thing.height) / 2)  // the thing stands beside its picture
        width: parent.width - x

        Label {
            id: called

            width: parent.width
            text: fact.label
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
        }
        Snug {
            id: thing

            width: parent.width
            words: fact.value
            bold: true
            size: Theme.type.tile - 4
            least: size * (fact.low ? 0.5 : 0.75)
        }
        Label {
            width: parent.width
            visible: fact.more !== "" && !Theme.large
            text: fact.more
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            wrapMode: Text.NoWrap
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.body - 4
        }
    }
}
