// The number itself, on the bank's colour: what the paper is doing below it, and beside it a code for whoever got none.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: card

    required property QtObject page
    readonly property real least: face.height + Theme.space.xl
    readonly property real room: page.low ? (Theme.large ? 120 : 150) : page.wide ? (page.trouble ? 150 : 220) : 270
    readonly property real letters: Math.min(room, Theme.type.display * 1.7)

    radius: page.wide ? Theme.corner.tile : 0
    color: Theme.colour.band
    border.width: page.wide ? Theme.size.frame : 0
    border.color: Theme.colour.line

    Column {
        id: face

        anchors.horizontalCenter: parent.horizontalCenter
        y: card.page.wide ? (parent.height - height) / 2 : 0
        width: parent.width - 2 * Theme.space.xl
        spacing: Theme.space.m

        Even {
            text: card.page.words.number_title + (Theme.large ? "" : " · " + (card.page.it.service ?? ""))
            color: Theme.colour.band_quiet
            maximumLineCount: 2
        }
        Row {
            id: hero

            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.space.xl

            Label {
                id: number

                objectName: "ticket"
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, face.width - (code.visible ? code.width + hero.spacing : 0))
                text: card.page.it.number ?? ""
                bold: true
                color: Theme.colour.band_ink
                font.pixelSize: card.letters
                fontSizeMode: Text.HorizontalFit
                lineHeight: 1
                wrapMode: Text.NoWrap
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Code {
                id: code

                anchors.verticalCenter: parent.verticalCenter
                visible: card.page.trouble
                text: card.page.it.token ?? ""
                side: card.page.wide || card.page.low ? 200 : 240
            }
        }
        Pill {
            objectName: "paper"
            anchors.horizontalCenter: parent.horizontalCenter
            visible: card.page.paper !== ""
            most: parent.width
            sort: card.page.trouble ? "warn" : card.page.paper === "printed" ? "good" : ""
            icon: card.page.trouble ? "warn" : card.page.paper === "printed" ? "check" : "printer"
            text: card.page.paper ? card.page.words["paper_" + card.page.paper] : ""
        }
        Owned {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: card.page.wide && !card.page.low && card.page.owned
            page: card.page
            most: face.width
        }
    }
}
