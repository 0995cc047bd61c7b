// "Still there?": the page behind clears itself unless somebody touches anything.
import QtQuick
import Lobbyline.Glass

Rectangle {
    id: warning

    required property QtObject kiosk
    required property real line  // below it everything is in reach
    readonly property int seconds: kiosk.warning

    visible: seconds > 0
    color: Theme.colour.veil

    TapHandler {
        onTapped: warning.kiosk.touch("continue")
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: warning.line ? parent.height - height - Theme.space.xl : (parent.height - height) / 2
        width: Math.min(parent.width - 2 * Theme.space.xl, 900)
        height: column.height + 2 * Theme.space.xxl
        radius: Theme.corner.tile
        color: Theme.colour.card

        Column {
            id: column

            anchors.centerIn: parent
            width: parent.width - 2 * Theme.space.xl
            spacing: Theme.space.l

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: warning.kiosk.words.idle_title
                bold: true
                font.pixelSize: Theme.type.title
            }
            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: warning.kiosk.words.idle_sentence.replace("{seconds}", warning.seconds)
            }
            Button {
                anchors.horizontalCenter: parent.horizontalCenter
                kiosk: warning.kiosk
                name: "continue"
                label: warning.kiosk.words.idle_continue
                main: true
                size: Theme.type.tile
            }
        }
    }
}
