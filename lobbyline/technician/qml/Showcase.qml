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
                Image {
                    required property string modelData
                    required property int index
                    objectName: "board-" + index
                    source: modelData
                    height: 128
                    fillMode: Image.PreserveAspectFit
                    width: status === Image.Ready ? height * sourceSize.width / sourceSize.height : height
                    smooth: true
                    cache: false
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
                required property string modelData
                required property int index
                objectName: "paper-" + index
                source: modelData
                height: desk.height
                width: 380
                fillMode: Image.PreserveAspectFit
                verticalAlignment: Image.AlignTop
                cache: false
            }
        }
    }
}
