// What to bring, as one list: it is read, not touched.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: list

    required property var papers
    property bool missing: false  // says what to do without each
    property string fine: ""  // said where a paper is not needed to begin
    property real room: parent.height

    visible: papers.length > 0
    height: column.height
    radius: Theme.corner.tile
    color: Theme.colour.card
    border.width: Theme.size.frame
    border.color: Theme.colour.line

    Column {
        id: column

        width: parent.width

        Repeater {
            model: list.papers.length

            Paper {
                id: paper

                required property int index

                it: list.papers[index] ?? ({})
                note: list.missing ? it.missing || list.fine : ""
                width: column.width
                most: list.room / Math.max(1, list.papers.length)

                Rectangle {
                    visible: paper.index > 0
                    x: Theme.space.l
                    width: parent.width - 2 * x
                    height: 2
                    color: Theme.colour.hair
                }
            }
        }
    }
}
