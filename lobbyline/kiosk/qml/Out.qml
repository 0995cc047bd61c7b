// Nothing can be given now: customers are sent to a person, and the lobby manager reads what to do.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    name: "out"
    back: false

    Sign {
        room: page.room
        icon: "person"
        title: page.words.out_title
        sentence: page.words.out_sentence
        note: page.words.out_staff
    }
}
