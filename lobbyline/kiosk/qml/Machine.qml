// Where the machine stands that can do it; the number stays one touch away.
import QtQuick
import Lobbyline.Glass

Page {
    id: machine

    name: "machine"
    action: "done"
    actionLabel: words.done
    actionIcon: "check"
    second: "take"
    secondLabel: words.take_instead
    secondIcon: "ticket"

    Column {
        anchors.centerIn: parent
        width: parent.width
        spacing: Theme.space.l

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 260
            height: 260
            radius: 130
            color: Theme.colour.accent_tone

            Icon {
                anchors.centerIn: parent
                name: "machine"
                side: 150
            }
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: machine.words.machine_title
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.tile
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: machine.kiosk.ready.machine ?? ""
            bold: true
            font.pixelSize: Theme.type.title
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: machine.words.machine_note
            color: Theme.colour.quiet
        }
    }
}
