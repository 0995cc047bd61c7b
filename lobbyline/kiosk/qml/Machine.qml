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

    Sign {
        room: machine.room
        icon: "machine"
        title: machine.words.machine_title
        sentence: machine.kiosk.ready.machine ?? ""
        note: machine.words.machine_note
    }
}
