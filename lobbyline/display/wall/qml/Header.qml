// The branch, the day and the time.
import QtQuick
import Lobbyline.Glass

Item {
    id: header
    required property var branch
    required property var date
    required property string time
    required property real unit

    Column {
        anchors { left: parent.left; right: clock.left; verticalCenter: parent.verticalCenter }
        Pair {
            width: parent.width
            words: header.branch
            size: 36 * header.unit
            ratio: 0.7
        }
        Heading {
            width: parent.width
            height: 36 * header.unit
            words: header.date
            unit: 0.84 * header.unit
        }
    }
    Figures {
        id: clock
        objectName: "clock"
        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: 250 * header.unit
        value: header.time
        size: 92 * header.unit
        ink: Theme.colour.ink
        alignment: Text.AlignRight
    }
}
