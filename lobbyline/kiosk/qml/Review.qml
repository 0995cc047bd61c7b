// Everything typed, masked, each line with a way to mend it; the masks lift while a finger holds the key.
import QtQuick
import Lobbyline.Glass

Page {
    id: review

    readonly property var groups: kiosk.review
    readonly property bool peeked: kiosk.peeked
    readonly property int lines: groups.reduce((sum, group) => sum + group.rows.length, 0)

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
    Flow {
        id: flow

        readonly property bool two: review.wide || review.lines > 11

        y: Math.max(title.height, peek.height) + Theme.space.l
        width: parent.width
        height: parent.height - y
        flow: two ? Flow.TopToBottom : Flow.LeftToRight
        spacing: Theme.space.m

        Repeater {
            model: review.groups.length

            Rectangle {
                id: group

                required property int index
                readonly property var it: review.groups[index] ?? ({})
                readonly property var rows: it.rows ?? []

                width: flow.two ? (flow.width - Theme.space.m) / 2 : flow.width
                height: lines.height + 2 * Theme.space.m
                radius: Theme.corner.tile
                color: Theme.colour.card

                Column {
                    id: lines

                    x: Theme.space.l
                    y: Theme.space.m
                    width: parent.width - 2 * x

                    Label {
                        text: group.it.title ?? ""
                        color: Theme.colour.accent
                        bold: true
                        font.pixelSize: Theme.type.note
                    }
                    Repeater {
                        model: group.rows.length

                        Item {
                            id: row

                            required property int index
                            readonly property var it: group.rows[index] ?? ({})

                            width: lines.width
                            height: Math.max(96, texts.height + Theme.space.s)

                            Column {
                                id: texts

                                anchors.verticalCenter: parent.verticalCenter
                                width: parent.width - edit.width - Theme.space.m

                                Label {
                                    width: parent.width
                                    text: row.it.label ?? ""
                                    color: Theme.colour.quiet
                                    font.pixelSize: Theme.type.note
                                    maximumLineCount: 1
                                    elide: Text.ElideRight
                                }
                                Label {
                                    width: parent.width
                                    text: (review.peeked ? row.it.value : row.it.masked) ?? ""
                                    font.pixelSize: Theme.type.body
                                    lineHeight: 1.05
                                    wrapMode: Text.WrapAnywhere
                                }
                                Label {
                                    width: parent.width
                                    visible: text !== ""
                                    text: row.it.error ?? ""
                                    color: Theme.colour.bad
                                    font.pixelSize: Theme.type.note
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
                                anchors.right: parent.right
                                anchors.verticalCenter: parent.verticalCenter
                                width: 120
                                height: 84

                                Label {
                                    anchors.centerIn: parent
                                    text: review.words.edit
                                    bold: true
                                    font.pixelSize: 34
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
