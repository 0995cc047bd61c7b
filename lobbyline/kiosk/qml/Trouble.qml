// A calm page when something cannot be done: the number if there is one, one sentence, a way on.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var it: kiosk.trouble
    readonly property string number: it.number ?? ""

    name: "trouble"
    back: number === ""
    action: kiosk.retries ? "again" : "done"
    actionLabel: kiosk.retries ? words.again : words.done
    actionIcon: kiosk.retries ? "renew" : "check"
    second: kiosk.retries ? "done" : ""
    secondLabel: words.done
    secondIcon: "check"

    Sign {
        room: page.room
        icon: "advice"
        title: page.it.title ?? ""
        sentence: page.it.sentence ?? ""
        number: page.number ? page.words.trouble_number + "  " + page.number : ""
        note: page.it.staff || page.words.trouble_help
    }
}
