// Something is missing: for each paper what to do, said before anybody waits for nothing.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    name: "lacking"
    title: words.lacking_title
    poster: false
    action: "take"
    actionLabel: words.lacking_take
    actionIcon: "ticket"
    second: "done"
    secondLabel: words.lacking_leave
    secondIcon: "home"

    Papers {
        width: parent.width
        room: page.room
        papers: page.kiosk.ready.bring ?? []
        missing: true
        fine: page.words.lacking_fine
    }
}
