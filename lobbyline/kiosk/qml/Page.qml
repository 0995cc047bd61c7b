// What every page has in the same place: what it asks in the band above, back at the lower left, the main answer at
// the lower right. For those who sit, nothing to touch stands above `low`; the band fills what is left to be read.
import QtQuick
import Lobbyline.Glass

Item {
    id: page

    required property QtObject kiosk
    required property bool wide
    property real low: 0  // from here on everything is in reach; 0 is the whole page
    required property string name
    readonly property var words: kiosk.words
    property string title: ""
    property real letters: Theme.type.title  // pixels of the title
    property string note: ""
    property real noteLetters: Theme.type.body
    property string picture: ""
    property bool poster: true  // the band has the upper part of a low page for itself
    property real aside: 0  // of the band, for what a page puts at its right end
    readonly property var hint: kiosk.page === name ? kiosk.hint : ({})
    readonly property real banded: band.height
    readonly property real from: Math.max(0, low - body.y)  // where in the body touches may begin
    readonly property real room: low && !wide ? from - Theme.size.strip : body.height  // for what is only read
    property bool back: true
    property string action: ""
    property string actionLabel: ""
    property string actionIcon: ""
    property string second: ""
    property string secondLabel: ""
    property string secondIcon: ""
    property bool footer: true
    default property alias content: body.data

    anchors.fill: parent
    visible: kiosk.page === name

    Rectangle {
        id: band

        readonly property bool tall: page.low > 0 && page.poster

        visible: page.title !== ""
        width: parent.width
        height: !visible ? 0 : tall ? page.low - Theme.space.l : question.height + Theme.space.l + (page.wide || page.low || !help.visible ? 0 : help.height + Theme.space.m)
        color: Theme.colour.band

        Rectangle {
            id: badge

            visible: page.picture !== ""
            anchors.verticalCenter: question.verticalCenter
            x: Theme.space.xl
            width: 104
            height: width
            radius: width / 2
            color: Theme.colour.accent_tone

            Icon {
                anchors.centerIn: parent
                name: page.picture
                side: 64
            }
        }
        Column {
            id: question

            x: badge.visible ? badge.x + badge.width + Theme.space.l : Theme.space.xl
            y: band.tall ? (parent.height - (page.wide ? 0 : Theme.size.strip) - height) / 2 : 0
            width: parent.width - x - Theme.space.xl - Math.max(page.aside, page.wide && help.visible ? help.width + Theme.space.l : 0)
            spacing: band.tall ? Theme.space.m : Theme.space.xs

            Snug {
                width: parent.width
                words: page.title
                color: Theme.colour.band_ink
                bold: true
                size: page.letters * (band.tall && !page.wide ? 1.5 : 1)
                lineHeight: 1.1
                Accessible.role: Accessible.Heading
                Accessible.name: words
            }
            Snug {
                width: parent.width
                visible: text !== ""
                words: page.note || (band.tall && !page.wide ? page.words.low_hint : "")
                size: page.noteLetters
                lineHeight: 1.15
                color: Theme.colour.band_quiet
            }
        }
    }
    Rectangle {
        id: help

        visible: band.visible && label.text !== ""
        x: page.wide || page.low ? page.width - width - Theme.space.xl : question.x
        y: page.low && !page.wide ? -(Theme.size.header + height) / 2  // beside the branch's name, where the keys are otherwise
            : page.wide ? question.y + (question.height - height) / 2 : question.y + question.height + Theme.space.m
        width: helpRow.width + 2 * Theme.space.m
        height: helpRow.height + Theme.space.m
        radius: height / 2
        color: Theme.colour.accent_tone

        Row {
            id: helpRow

            anchors.centerIn: parent
            spacing: Theme.space.s

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: page.hint.icon ?? ""
                side: 40
            }
            Label {
                id: label

                objectName: "hint"
                anchors.verticalCenter: parent.verticalCenter
                text: page.hint.text ?? ""
                color: Theme.colour.accent
                font.pixelSize: 30
                wrapMode: Text.NoWrap
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
    Item {
        id: body

        anchors {
            fill: parent
            topMargin: band.height + Theme.space.l
            leftMargin: Theme.space.xl
            rightMargin: Theme.space.xl
            bottomMargin: page.footer ? bar.height + Theme.space.l : Theme.space.xl
        }
    }

    Item {
        id: bar

        readonly property real wanted: [back, second, action].reduce((sum, key) => sum + (key.visible ? key.implicitWidth + Theme.space.m : 0), 0)
        readonly property real squeeze: wanted > width ? width / wanted : 1  // keys that would not stand beside each other all give way

        visible: page.footer
        height: Theme.size.bar + Theme.space.xl
        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
            leftMargin: Theme.space.xl
            rightMargin: Theme.space.xl
        }

        Button {
            id: back

            visible: page.back
            width: implicitWidth * squeeze
            squeeze: bar.squeeze
            kiosk: page.kiosk
            name: "back"
            least: 200
            label: page.words.back
            icon: "back"
        }
        Row {
            anchors.right: parent.right
            spacing: Theme.space.m

            Button {
                id: second

                visible: page.second !== ""
                width: implicitWidth * squeeze
                squeeze: bar.squeeze
                kiosk: page.kiosk
                name: page.second
                label: page.secondLabel
                icon: page.secondIcon
            }
            Button {
                id: action

                visible: page.action !== ""
                width: implicitWidth * squeeze
                squeeze: bar.squeeze
                kiosk: page.kiosk
                name: page.action
                label: page.kiosk.busy.trim() || page.actionLabel
                icon: page.actionIcon
                main: true
                size: Theme.type.tile - 4
            }
        }
    }
}
