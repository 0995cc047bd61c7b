// Asked once before a number is given up.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    name: "cancel"
    action: "keep"
    actionLabel: words.cancel_keep
    actionIcon: "ticket"
    second: "leave"
    secondLabel: words.cancel_leave
    secondIcon: "bin"
    back: false

    Sign {
        room: page.room
        icon: "ticket"
        title: page.words.cancel_title
        sentence: page.kiosk.number.number ?? ""
        note: page.words.cancel_note
    }
}
