// A calm page when something cannot be done: the number if there is one, one sentence, a way on.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property bool out: kiosk.page === "out"
    readonly property var it: kiosk.trouble
    readonly property string number: it.number ?? ""

    name: "trouble"
    visible: kiosk.page === name || out
    back: !out && number === ""
    action: out ? "" : kiosk.retries ? "again" : "done"
    actionLabel: kiosk.retries ? words.again : words.done
    second: !out && kiosk.retries ? "done" : ""
    secondLabel: words.done

    Column {
        anchors.centerIn: parent
        width: parent.width
        spacing: Theme.space.l

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 220
            height: 220
            radius: 110
            color: Theme.colour.accent_tone

            Icon {
                anchors.centerIn: parent
                name: page.out ? "person" : "advice"
                side: 124
            }
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.out ? page.words.out_title : page.it.title ?? ""
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.tile
        }
        Label {
            objectName: "sentence"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.out ? page.words.out_sentence : page.it.sentence ?? ""
            bold: true
            font.pixelSize: Theme.type.title
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Label {
            width: parent.width
            visible: page.number !== ""
            horizontalAlignment: Text.AlignHCenter
            text: page.words.trouble_number + "  " + page.number
            font.pixelSize: Theme.type.tile
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.words.trouble_help
            color: Theme.colour.quiet
        }
    }
}
