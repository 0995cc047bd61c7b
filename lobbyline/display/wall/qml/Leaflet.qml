// The branch's own picture, film or text, whole and still, with its words under it.
import QtQuick
import Lobbyline.Glass

Card {
    id: leaflet
    required property var page

    readonly property string kind: page.kind ?? ""
    readonly property real pad: Theme.space.m * unit
    readonly property bool worded: (page.first ?? "") !== ""
    readonly property real words: worded ? 40 * unit * (1.16 + (page.second ? 0.72 * 1.3 : 0)) : 0

    readonly property real painted: kind === "film" ? film.paintedHeight : picture.paintedHeight

    Item {
        id: frame
        x: leaflet.pad
        y: leaflet.pad
        width: parent.width - 2 * leaflet.pad
        height: parent.height - 2 * leaflet.pad - (leaflet.worded ? leaflet.words + Theme.space.s * leaflet.unit : 0)

        Image {
            id: picture
            objectName: "picture"
            visible: leaflet.kind === "picture"
            anchors.fill: parent
            source: visible ? leaflet.page.source : ""
            sourceSize: Qt.size(frame.width, frame.height)
            fillMode: Image.PreserveAspectFit
            asynchronous: true
            autoTransform: true
            cache: false
        }
        AnimatedImage {
            id: film
            objectName: "film"
            visible: leaflet.kind === "film"
            anchors.fill: parent
            source: visible ? leaflet.page.source : ""
            fillMode: Image.PreserveAspectFit
            cache: false
        }
    }
    Pair {
        visible: leaflet.kind !== "text" && leaflet.worded
        x: leaflet.pad
        y: frame.y + (frame.height + leaflet.painted) / 2 + Theme.space.s * leaflet.unit  // right under what is seen
        width: parent.width - 2 * x
        words: leaflet.page
        size: 40 * leaflet.unit
        ratio: 0.72
        alignment: Text.AlignHCenter
    }
    Column {
        visible: leaflet.kind === "text"
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.space.xl * leaflet.unit
        width: parent.width - 2 * x
        spacing: Theme.space.l * leaflet.unit
        Repeater {
            model: [
                { "words": leaflet.page.first ?? "", "size": 60, "ink": Theme.colour.accent, "bold": true },
                { "words": leaflet.page.second ?? "", "size": 44, "ink": Theme.colour.quiet, "bold": false },
            ]
            Text {
                required property var modelData
                width: parent.width
                height: Math.min(implicitHeight, leaflet.height * 0.42)
                visible: text !== ""
                text: modelData.words
                color: modelData.ink
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                fontSizeMode: Text.Fit
                minimumPixelSize: 24 * leaflet.unit
                font { family: Theme.type.family; pixelSize: modelData.size * leaflet.unit; bold: modelData.bold }
            }
        }
    }
}
