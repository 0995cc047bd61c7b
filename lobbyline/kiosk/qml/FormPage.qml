// One group of a form: at most four fields, the keyboard docked below (beside them on a wide panel). For those who sit
// before a tall one, the fields are only shown: keys under the line choose among them.
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
    readonly property bool split: low > 0 && !wide
    readonly property bool typed: fields.some(field => !field.inside)  // there is something to type, or a list to choose from

    name: "form"
    title: warns ? words.warning_title : it.page ?? ""
    note: warns ? "" : [it.title, many ? it.count : "", it.detail].filter(Boolean).join(" · ")
    letters: wide ? Theme.type.entry : Theme.type.title  // height is dear there
    noteLetters: wide ? 36 : Theme.type.body
    poster: false
    action: "next"
    actionLabel: warns ? words.understood : it.turns ? words.turn : words.next
    actionIcon: "next"
    second: "aside"
    secondLabel: words.aside
    secondIcon: "people"

    Steps {
        id: head

        width: page.wide && page.typed ? parent.width * 0.48 : parent.width
        visible: !page.warns
        steps: page.steps
        named: !page.wide && !page.many && !(page.split && Theme.large)
    }
    Reading {
        visible: page.warns
        width: parent.width
        words: page.it.warning ?? ""
        size: Theme.type.tile
        grave: true
    }
    Column {
        id: asked

        visible: !page.warns
        y: page.wide && page.low && !page.it.question && !page.reads ? parent.height - height : head.height + Theme.space.l
        width: page.it.question || page.reads ? parent.width : head.width
        spacing: page.low || (page.wide && page.fields.length > 3) ? Theme.space.s + Theme.space.xs : page.wide ? Theme.space.m : Theme.space.m + Theme.space.xs

        Reading {
            visible: page.reads
            width: parent.width
            words: page.it.leaf ?? ""
            size: Theme.type.body + (page.wide && Theme.large ? 0 : 8)
            pad: page.wide ? Theme.space.l : Theme.space.xl
            room: page.room - asked.y - 1.6 * Theme.type.note - asked.spacing - (page.split ? 0 : Theme.size.bar + asked.spacing)
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
                tight: (page.fields.length > (page.wide ? 2 : 3) || page.split) && !question && !Theme.large
                shown: page.split
                box: Theme.large ? Theme.size.key : page.low && (page.wide || page.fields.length > 3) ? 72 : compact ? (page.fields.length > 3 ? 76 : 84) : Theme.size.key
                width: parent.width
            }
        }
        Flow {
            width: head.width
            spacing: Theme.space.l
            visible: page.fields.length < 4 ? !(page.wide && page.low) : !page.wide && !page.low

            Repeater {
                model: page.derived.length

                Label {
                    required property int index
                    readonly property var it: page.derived[index] ?? ({})

                    width: Math.min(implicitWidth, head.width)
                    text: (it.label ?? "") + "  " + (it.value ?? "")
                    color: Theme.colour.good
                    font.pixelSize: Theme.type.label
                }
            }
        }
    }
    Fields {
        id: below

        visible: page.split && !page.warns
        y: page.from
        width: parent.width
        height: parent.height - y
        kiosk: page.kiosk
        fields: page.fields
        question: page.it.question ?? false
    }
    Keyboard {
        kiosk: page.kiosk
        beside: page.wide
        x: page.wide ? head.width + Theme.space.xl : Theme.space.m - Theme.space.xl
        width: page.wide ? parent.width - x : parent.width - 2 * x
        y: parent.height - height
        height: implicitHeight
        room: parent.height - (page.split ? page.from + below.taken : page.wide ? page.from : asked.y + asked.height + Theme.space.m)
        visible: !page.warns
    }
}
