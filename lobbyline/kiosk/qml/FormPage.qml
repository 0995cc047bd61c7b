// One group of a form: at most four fields, the keyboard docked below (beside them on a wide panel).
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var it: kiosk.form
    readonly property var steps: it.steps ?? []
    readonly property var fields: it.fields ?? []
    readonly property var derived: it.derived ?? []
    readonly property bool warns: (it.warning ?? "") !== ""
    readonly property bool reads: (it.leaf ?? "") !== ""
    readonly property bool many: steps.length > 4  // too many for a name each: they are counted

    name: "form"
    action: "next"
    actionLabel: warns ? words.understood : it.turns ? words.turn : words.next
    actionIcon: "next"
    second: "aside"
    secondLabel: words.aside
    secondIcon: "people"

    Column {
        id: head

        width: page.wide ? parent.width * 0.48 : parent.width
        spacing: Theme.space.s

        Item {
            width: parent.width
            height: title.height

            Label {
                id: title

                width: Math.min(implicitWidth, parent.width)
                text: page.warns ? page.words.warning_title : page.it.page ?? ""
                bold: true
                font.pixelSize: page.wide ? Theme.type.tile : Theme.type.tile + 4
                wrapMode: Text.NoWrap
            }
            Label {
                anchors.right: parent.right
                anchors.baseline: title.baseline
                width: Math.min(implicitWidth, parent.width - title.width - Theme.space.l)
                text: page.it.title ?? ""
                color: Theme.colour.quiet
                font.pixelSize: Theme.type.note
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }
        Row {
            width: parent.width
            spacing: Theme.space.s
            visible: page.steps.length > 1 && !page.warns

            Repeater {
                model: page.steps.length

                Column {
                    id: step

                    required property int index
                    readonly property var it: page.steps[index] ?? ({})

                    width: (head.width - (page.steps.length - 1) * Theme.space.s) / page.steps.length
                    spacing: Theme.space.xs

                    Rectangle {
                        width: parent.width
                        height: 10
                        radius: 5
                        color: step.it.now || step.it.done ? Theme.colour.accent : Theme.colour.hair
                    }
                    Label {
                        visible: !page.wide && !page.many  // the title says it, and height is dear
                        width: parent.width
                        text: step.it.title ?? ""
                        color: step.it.now ? Theme.colour.accent : Theme.colour.quiet
                        bold: step.it.now ?? false
                        font.pixelSize: Theme.type.note
                        lineHeight: 1
                        maximumLineCount: 2
                        elide: Text.ElideRight
                    }
                }
            }
        }
        Label {
            visible: text !== "" && !page.warns
            width: parent.width
            text: [page.many ? page.it.count : "", page.it.detail].filter(Boolean).join(" · ")
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
        }
    }
    Reading {
        visible: page.warns
        y: head.height + Theme.space.l
        width: parent.width
        words: page.it.warning ?? ""
        size: Theme.type.tile
        grave: true
    }
    Column {
        visible: !page.warns
        y: head.height + Theme.space.l
        width: page.it.question || page.reads ? parent.width : head.width
        spacing: page.wide ? Theme.space.m : Theme.space.m + Theme.space.xs

        Reading {
            visible: page.reads
            width: parent.width
            words: page.it.leaf ?? ""
            count: page.it.leaves ?? ""
        }
        Repeater {
            model: page.fields.length

            FormField {
                required property int index

                kiosk: page.kiosk
                it: page.fields[index] ?? ({})
                question: page.it.question ?? false
                compact: page.wide && !question
                tight: (page.wide || page.fields.length > 3) && !question
                width: parent.width
            }
        }
        Flow {
            width: head.width
            spacing: Theme.space.l
            visible: !page.wide || page.fields.length < 4

            Repeater {
                model: page.derived.length

                Label {
                    required property int index
                    readonly property var it: page.derived[index] ?? ({})

                    width: Math.min(implicitWidth, head.width)
                    text: (it.label ?? "") + "  " + (it.value ?? "")
                    color: Theme.colour.good
                    font.pixelSize: 32
                }
            }
        }
    }
    Keyboard {
        kiosk: page.kiosk
        beside: page.wide
        x: page.wide ? head.width + Theme.space.xl : 0
        width: parent.width - x
        y: parent.height - height
        height: implicitHeight
        visible: !page.warns
    }
}
