// Everything typed, masked, each line with a way to mend it; the masks lift while a finger holds the key.
import QtQuick
import Lobbyline.Glass

Page {
    id: review

    readonly property var lines: kiosk.review
    readonly property bool peeked: kiosk.peeked
    readonly property string promise: kiosk.promise

    name: "review"
    action: "confirm"
    actionLabel: words.confirm
    actionIcon: "check"
    second: "forget"
    secondLabel: words.forget
    secondIcon: "bin"

    Label {
        id: title

        text: review.words.review_title
        bold: true
        font.pixelSize: Theme.type.title
    }
    Label {
        anchors.baseline: title.baseline
        x: title.width + Theme.space.l
        width: peek.x - x - Theme.space.m
        text: review.words.review_note
        color: Theme.colour.quiet
        font.pixelSize: Theme.type.note
    }
    Touch {
        id: peek

        kiosk: review.kiosk
        name: "peek"
        label: review.words.peek
        ground: Theme.colour.tone
        x: parent.width - width
        width: peekRow.width + 2 * Theme.space.l
        height: Theme.size.key
        onPressedChanged: review.kiosk.peek(pressed)

        Row {
            id: peekRow

            anchors.centerIn: parent
            spacing: Theme.space.s

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "eye"
                side: 44
            }
            Label {
                text: peek.label
                font.pixelSize: 32
                wrapMode: Text.NoWrap
            }
        }
    }
    Grid {
        id: grid

        readonly property int rowsNeeded: Math.ceil(review.lines.length / columns)
        readonly property real cellWidth: (width - (columns - 1) * columnSpacing) / columns
        readonly property real cellHeight: Math.min(columns > 1 ? 150 : 116, (height - (rowsNeeded - 1) * rowSpacing) / Math.max(1, rowsNeeded))

        y: Math.max(title.height, peek.height) + Theme.space.l
        width: parent.width
        height: parent.height - y - (promise.visible ? promise.height + Theme.space.m : 0)
        columns: review.wide ? (review.lines.length > 10 ? 3 : 2) : (review.lines.length > 13 ? 2 : 1)
        rowSpacing: Theme.space.s
        columnSpacing: Theme.space.m

        Repeater {
            model: review.lines.length

            Rectangle {
                id: row

                required property int index
                readonly property var it: review.lines[index] ?? ({})

                width: grid.cellWidth
                height: grid.cellHeight
                radius: Theme.corner.key
                color: Theme.colour.card

                Column {
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.space.l
                    width: parent.width - x - (edit.visible ? edit.width : 0) - 2 * Theme.space.m

                    Label {
                        width: parent.width
                        text: row.it.label ?? ""
                        color: row.it.error ? Theme.colour.bad : Theme.colour.quiet
                        font.pixelSize: Theme.type.note
                        lineHeight: 1
                        maximumLineCount: 1
                        elide: Text.ElideRight
                    }
                    Label {
                        width: parent.width
                        text: row.it.error || (review.peeked ? row.it.value : row.it.masked) || ""
                        color: row.it.error ? Theme.colour.bad : Theme.colour.ink
                        font.pixelSize: row.it.error || text.length > (grid.columns > 1 ? 15 : 22) ? Theme.type.note : Theme.type.body
                        lineHeight: 1
                        maximumLineCount: grid.cellHeight > 130 ? 3 : 2
                        wrapMode: Text.WrapAnywhere
                    }
                }
                Touch {
                    id: edit

                    visible: name !== ""
                    kiosk: review.kiosk
                    name: row.it.name ?? ""
                    label: review.words.edit + " " + (row.it.label ?? "")
                    ground: Theme.colour.tone
                    radius: Theme.corner.key
                    anchors.verticalCenter: parent.verticalCenter
                    x: parent.width - width - Theme.space.m
                    width: 112
                    height: Math.min(80, parent.height - Theme.space.m)

                    Label {
                        anchors.centerIn: parent
                        text: review.words.edit
                        bold: true
                        font.pixelSize: 32
                    }
                }
            }
        }
    }
    Label {
        id: promise

        visible: text !== ""
        width: parent.width
        y: parent.height - height
        text: review.promise
        color: Theme.colour.quiet
        font.pixelSize: 32
    }
}
