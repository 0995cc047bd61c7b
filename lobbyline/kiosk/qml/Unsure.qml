// Not sure: one question with a few large answers, at most three times.
import QtQuick
import Lobbyline.Glass

Page {
    id: unsure

    readonly property var it: kiosk.asking
    readonly property var replies: it.answers ?? []

    name: "unsure"
    second: "none"
    secondLabel: words.none
    secondIcon: "person"

    Heading {
        id: title

        width: parent.width
        text: unsure.it.title ?? ""
        note: unsure.it.step ?? ""
    }
    Tiles {
        kiosk: unsure.kiosk
        services: unsure.replies
        answers: true
        most: 220
        columns: unsure.wide ? 2 : 1
        y: title.height + Theme.space.xl
        width: parent.width
        height: parent.height - y
    }
}
