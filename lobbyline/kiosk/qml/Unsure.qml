// Not sure: one question with a few large answers, at most three times.
import QtQuick
import Lobbyline.Glass

Page {
    id: unsure

    readonly property var it: kiosk.asking
    readonly property var replies: it.answers ?? []

    name: "unsure"
    title: it.title ?? ""
    note: it.step ?? ""
    second: "none"
    secondLabel: words.none
    secondIcon: "person"

    Tiles {
        kiosk: unsure.kiosk
        services: unsure.replies
        answers: true
        most: 220
        columns: unsure.wide ? 2 : 1
        anchors.fill: parent
    }
}
