// Not open for business: customers are sent to a person; below, what is missing, for whoever mends it.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: root

    required property var said
    readonly property real unit: Math.min(width, height) / 1080
    readonly property string page: "closed"

    color: Theme.colour.paper

    Item {
        width: root.width / root.unit
        height: root.height / root.unit
        scale: root.unit
        transformOrigin: Item.TopLeft

        Rectangle {
            width: parent.width
            height: Theme.size.header
            color: Theme.colour.band

            Label {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.space.xl
                text: root.said.titles.join("   ")
                color: Theme.colour.band_ink
                bold: true
                font.pixelSize: Theme.type.tile
            }
        }
        Sign {
            x: Theme.space.xl
            width: parent.width - 2 * x
            room: parent.height - staff.height
            icon: "person"
            sentence: root.said.sentences[0]
            number: root.said.sentences[1]
        }
        Rectangle {
            id: staff

            anchors.bottom: parent.bottom
            width: parent.width
            height: list.height + 2 * Theme.space.xl
            color: Theme.colour.tone

            Column {
                id: list

                x: Theme.space.xl
                y: Theme.space.xl
                width: parent.width - 2 * x
                spacing: Theme.space.m

                Repeater {
                    model: root.said.staff

                    Label {
                        required property string modelData

                        width: list.width
                        text: modelData
                        bold: true
                        font.pixelSize: Theme.type.label
                    }
                }
                Repeater {
                    model: root.said.mistakes

                    Label {
                        required property string modelData

                        width: list.width
                        text: modelData
                        font.pixelSize: Theme.type.note
                        maximumLineCount: 2
                        elide: Text.ElideRight
                        wrapMode: Text.Wrap
                        Accessible.role: Accessible.StaticText
                        Accessible.name: text
                    }
                }
            }
        }
    }
}
