// Rows of keys docked under the field, with a strip of candidates while pinyin is typed.
import QtQuick
import Lobbyline.Glass

Item {
    id: board

    required property QtObject kiosk
    property bool beside: false  // beside the fields, where there is more room than below them
    property real room: 2000  // that it may take from top to bottom
    property real most: pad ? 128 : 112  // height of a key
    readonly property real keyHeight: Math.min(most, (room - above - (rows.length - 1) * gap) / Math.max(1, rows.length))
    readonly property real above: (strip.visible ? strip.height + gap : 0) + (writing.visible ? writing.height + gap : 0)
    readonly property var it: visible ? kiosk.keyboard : ({})
    readonly property bool pad: it.pad ?? false
    readonly property var rows: it.rows ?? []
    readonly property real first: rows.length ? rows[0].reduce((sum, key) => sum + key.span, 0) : 0  // keys of the first row
    readonly property var candidates: it.candidates ?? []
    readonly property var choices: it.choices ?? []
    readonly property real gap: Theme.space.s + (pad ? Theme.space.xs : 0)

    objectName: "keyboard"
    implicitHeight: column.height

    Column {
        id: column

        width: parent.width
        spacing: board.gap

        Rectangle {
            id: strip

            width: parent.width
            height: 108
            visible: board.it.strip ?? false
            radius: Theme.corner.key
            color: Theme.colour.accent_tone
            clip: true

            Row {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.space.s
                spacing: Theme.space.s

                Repeater {
                    model: board.candidates.length

                    Touch {
                        id: candidate

                        required property int index
                        readonly property var it: board.candidates[index] ?? ({})

                        kiosk: board.kiosk
                        name: it.name ?? ""
                        label: it.label ?? ""
                        width: Math.max(92, word.implicitWidth + 44)
                        height: 92
                        radius: Theme.corner.key

                        Label {
                            id: word

                            anchors.centerIn: parent
                            text: candidate.label
                            font.pixelSize: Theme.type.entry
                            lineHeight: 1
                            wrapMode: Text.NoWrap
                        }
                    }
                }
            }
            Touch {
                visible: board.it.more ?? false
                anchors.verticalCenter: parent.verticalCenter
                x: parent.width - width - Theme.space.s
                width: 120
                height: 92
                radius: Theme.corner.key
                kiosk: board.kiosk
                name: "pick-more"
                label: board.kiosk.words.key_more
                ground: Theme.colour.tone

                Icon {
                    anchors.centerIn: parent
                    name: "next"
                    side: 52
                }
            }
        }

        Pad {
            id: writing

            visible: board.it.hand ?? false
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(board.beside ? 460 : 380, board.room - strip.height - 112 - 2 * board.gap)
            height: width
            kiosk: board.kiosk
            strokes: board.it.strokes ?? []
        }

        Repeater {
            model: board.rows.length

            Row {
                id: row

                required property int index
                readonly property var keys: board.rows[index] ?? []
                readonly property real spans: keys.reduce((sum, key) => sum + key.span, 0)
                readonly property real full: board.pad ? spans : Math.max(spans, board.first)
                readonly property real unit: (column.width - (full - 1) * board.gap) / full

                anchors.horizontalCenter: parent.horizontalCenter
                spacing: board.gap

                Repeater {
                    model: row.keys.length

                    Item {
                        required property int index

                        width: key.it.span ? key.it.span * row.unit + (key.it.span - 1) * board.gap : 0
                        height: board.keyHeight

                        Key {
                            id: key

                            anchors.fill: parent
                            kiosk: board.kiosk
                            it: row.keys[parent.index] ?? ({})
                        }
                    }
                }
            }
        }

        Grid {
            id: choicesGrid

            visible: board.choices.length > 0
            readonly property int lines: Math.ceil(board.choices.length / columns)

            columns: board.choices.length > 8 && !Theme.large ? 3 : 2
            spacing: board.gap

            Answers {
                id: answers

                among: board.choices
                cell: (column.width - (choicesGrid.columns - 1) * board.gap) / choicesGrid.columns
                tall: Math.min(104, (board.room + board.gap) / Math.max(1, choicesGrid.lines) - board.gap)
            }
            Repeater {
                model: board.choices.length

                Choice {
                    required property int index

                    kiosk: board.kiosk
                    it: board.choices[index] ?? ({})
                    alike: answers
                    width: answers.cell
                    height: answers.tall
                }
            }
        }
    }
}
