// Everything typed, masked, each line with a way to mend it; the masks lift while a finger holds the key.
import QtQuick
import Lobbyline.Glass

Page {
    id: review

    readonly property var lines: kiosk.review
    readonly property bool peeked: kiosk.peeked
    readonly property bool goesOn: kiosk.reviewGoesOn
    readonly property string promise: kiosk.promise

    name: "review"
    title: words.review_title
    note: words.review_note
    aside: low ? 0 : peek.width + Theme.space.m
    action: goesOn ? "overleaf" : "confirm"
    actionLabel: goesOn ? words.next : words.confirm
    actionIcon: goesOn ? "next" : "check"
    second: "forget"
    secondLabel: words.forget
    secondIcon: "bin"

    Touch {
        id: peek

        kiosk: review.kiosk
        name: "peek"
        label: review.words.peek
        ground: review.low ? Theme.colour.tone : Theme.colour.card
        x: parent.width - width
        y: review.low ? 0 : -Theme.space.l - (review.frame.banded + height) / 2  // in the band, where there is room
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
                font.pixelSize: Theme.type.label
                wrapMode: Text.NoWrap
            }
        }
    }
    Grid {
        id: grid

        readonly property int rowsNeeded: Math.ceil(review.lines.length / columns)
        readonly property real cellWidth: (width - (columns - 1) * columnSpacing) / columns
        readonly property real cellHeight: Math.min(review.low ? 190 : columns > 1 || Theme.large ? 150 : 116, (height - (rowsNeeded - 1) * rowSpacing) / Math.max(1, rowsNeeded))

        y: review.low ? peek.height + Theme.space.m : 0
        width: parent.width
        height: parent.height - y - (promise.visible ? promise.height + Theme.space.m : 0)
        columns: review.wide ? (review.lines.length > 8 || review.low ? 3 : 2) : review.low && !Theme.large ? 2 : 1
        rowSpacing: Theme.space.s
        columnSpacing: Theme.space.m

        Repeater {
            model: review.lines.length

            Touch {
                id: row

                required property int index
                readonly property var it: review.lines[index] ?? ({})
                readonly property bool editable: name !== ""

                kiosk: review.kiosk
                name: it.name ?? ""
                enabled: editable
                label: (editable ? review.words.edit + " " : "") + (it.label ?? "") + " " + (review.peeked ? it.value : it.masked)
                width: grid.cellWidth
                height: grid.cellHeight
                radius: Theme.corner.key
                border.width: it.error ? 3 : Theme.size.frame
                border.color: it.error ? Theme.colour.bad : Theme.colour.hair

                Column {
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.space.l
                    width: parent.width - x - Theme.space.m - (row.editable ? edit.width + Theme.space.s : 0)

                    Label {
                        id: called

                        width: parent.width
                        text: row.it.label ?? ""
                        color: row.it.error ? Theme.colour.bad : Theme.colour.quiet
                        font.pixelSize: Theme.type.note
                        lineHeight: 1
                        maximumLineCount: 2
                        elide: Text.ElideRight
                    }
                    Fitted {
                        width: parent.width
                        room: row.height - called.height - Theme.space.xs
                        words: row.it.error || (review.peeked ? row.it.value : row.it.masked) || ""
                        color: row.it.error ? Theme.colour.bad : Theme.colour.ink
                        size: row.it.error ? Theme.type.note : Theme.type.body
                    }
                }
                Label {
                    id: edit

                    anchors.verticalCenter: parent.verticalCenter
                    x: parent.width - width - Theme.space.m
                    visible: row.editable
                    text: review.words.edit
                    color: Theme.colour.accent
                    bold: true
                    font.pixelSize: Theme.type.label
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
    Label {
        id: promise

        visible: text !== "" && !review.goesOn
        width: parent.width
        y: parent.height - height
        text: review.promise
        color: Theme.colour.quiet
        font.pixelSize: Theme.type.label
    }
}
