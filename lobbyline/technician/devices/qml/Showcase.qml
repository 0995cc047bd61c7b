// The stand-ins side by side: every board as it hangs, and the newest paper of each printer.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: root
    required property var showcase

    color: Theme.colour.paper

    Item {
        id: wall
        anchors { left: parent.left; top: parent.top; bottom: parent.bottom; right: desk.left; margins: Theme.space.m }

        Flow {
            id: boards
            width: parent.width
            spacing: Theme.space.m
            transformOrigin: Item.TopLeft
            scale: Math.min(1, wall.height / Math.max(1, height))
            Repeater {
                model: root.showcase.boards
                Column {
                    id: board
                    required property var modelData
                    required property int index
                    objectName: "board-" + index
                    Image {
                        source: board.modelData.source
                        height: 128
                        fillMode: Image.PreserveAspectFit
                        width: status === Image.Ready ? height * sourceSize.width / sourceSize.height : height
                        mipmap: true
                        cache: false
                    }
                    Text {
                        text: board.modelData.name
                        color: Theme.colour.quiet
                        font { family: Theme.type.family; pixelSize: 28 }
                    }
                }
            }
        }
    }
    Row {
        id: desk
        anchors { right: parent.right; top: parent.top; bottom: parent.bottom; margins: Theme.space.m }
        spacing: Theme.space.m
        Repeater {
            model: root.showcase.papers
            Image {
                required property var modelData
                required property int index
                objectName: "paper-" + index
                source: modelData.source
                height: desk.height
                width: 380
                fillMode: Image.PreserveAspectFit
                verticalAlignment: Image.AlignTop
                mipmap: true
                cache: false
            }
        }
    }
}
