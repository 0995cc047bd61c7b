// Above every page, in the bank's colour: what the page asks, and what helps here. It is there once, so nothing in it
// moves between pages. For those who sit it fills what is left to be read above the line.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: band

    required property QtObject kiosk
    required property Item page
    readonly property bool wide: page.wide
    readonly property bool tall: page.low > 0 && page.poster
    readonly property bool beside: wide || page.low > 0  // what helps stands at the right, not below
    readonly property var hint: kiosk.hint
    readonly property real helped: help.visible ? help.height + Theme.space.m : 0

    visible: page.title !== ""
    height: !visible ? 0 : tall ? page.low - Theme.space.l : question.height + Theme.space.l + (beside ? 0 : helped)
    color: Theme.colour.band

    Badge {
        id: badge
    
        visible: icon !== ""
        anchors.verticalCenter: question.verticalCenter
        x: Theme.space.xl
        side: 104
        icon: band.page.picture
    }
    Column {
        id: question

        x: badge.visible ? badge.x + badge.width + Theme.space.l : Theme.space.xl
        y: band.tall ? (parent.height - (band.wide ? 0 : Theme.size.strip) - height) / 2 : 0
        width: parent.width - x - Theme.space.xl - Math.max(band.page.aside, band.wide && help.visible ? help.width + Theme.space.l : 0)
        spacing: band.tall ? Theme.space.m : Theme.space.xs

        Snug {
            width: parent.width
            words: band.page.title
            color: Theme.colour.band_ink
            bold: true
            size: band.page.letters * (band.tall && !band.wide ? 1.5 : 1)
            lineHeight: 1.1
            Accessible.role: Accessible.Heading
            Accessible.name: words
        }
        Snug {
            width: parent.width
            visible: text !== ""
            words: band.page.note || (band.tall && !band.wide ? band.kiosk.words.low_hint : "")
            size: band.page.noteLetters
            lineHeight: 1.15
            color: Theme.colour.band_quiet
        }
    }
    Rectangle {
        id: help

        visible: label.text !== ""
        x: band.beside ? parent.width - width - Theme.space.xl : question.x
        y: band.wide ? question.y + (question.height - height) / 2
            : band.page.low ? -(Theme.size.header + height) / 2  // beside the branch's name, where the keys are otherwise
            : question.y + question.height + Theme.space.m
        width: told.width + 2 * Theme.space.m
        height: told.height + Theme.space.m
        radius: height / 2
        color: Theme.colour.accent_tone

        TextMetrics {
            id: natural

            text: label.text
            font.family: Theme.type.family
            font.pixelSize: Theme.type.label
        }
        Row {
            id: told

            anchors.centerIn: parent
            spacing: Theme.space.s

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: band.hint.icon ?? ""
                side: 40
            }
            Label {
                id: label

                readonly property real most: band.page.low && !band.wide ? band.width * 0.55 - 2 * Theme.space.xl - 40 : 2000

                objectName: "hint"
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(natural.advanceWidth + 1, most)
                text: band.hint.text ?? ""
                color: Theme.colour.accent
                font.pixelSize: Theme.type.label
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24
                wrapMode: Text.NoWrap
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
}
