// Whose turn comes next, so that nobody is surprised.
import QtQuick
import Lobbyline.Glass

Card {
    id: soon
    required property var numbers
    required property var words
    required property bool stacked

    color: Theme.colour.accent_tone

    Pair {
        id: title
        x: Theme.space.l * soon.unit
        y: soon.numbers.length > 0 ? 14 * soon.unit : (parent.height - height) / 2
        width: parent.width - 2 * x
        words: soon.numbers.length > 0 ? soon.words.soon : soon.words.nobody
        size: 34 * soon.unit
        ink: Theme.colour.accent
        secondInk: Theme.colour.accent
    }
    Item {
        id: places
        anchors { left: title.left; right: title.right; top: title.bottom; bottom: parent.bottom; bottomMargin: Theme.space.s * soon.unit }
        Repeater {
            model: soon.numbers
            Figures {
                required property string modelData
                required property int index
                objectName: "soon-" + index
                x: soon.stacked ? 0 : index * places.width / 3
                y: soon.stacked ? index * places.height / 3 : 0
                width: soon.stacked ? places.width : places.width / 3 - Theme.space.m * soon.unit
                height: soon.stacked ? places.height / 3 : places.height
                value: modelData
                size: (soon.stacked ? 72 : 58) * soon.unit
                ink: Theme.colour.ink
                alignment: Text.AlignLeft
            }
        }
    }
}
