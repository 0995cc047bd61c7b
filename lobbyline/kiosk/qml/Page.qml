// What a page tells the band above it and the keys below it, and the room between them for its own. For those who sit,
// nothing to touch stands above `low`. A page that is not shown keeps its measures, and lists are made when it is shown.
import QtQuick
import Lobbyline.Glass

Item {
    id: page

    required property QtObject kiosk
    required property Item frame
    required property bool wide
    property real low: 0  // from here on everything is in reach; 0 is the whole page
    required property string name
    readonly property var words: kiosk.words
    property string title: ""
    property real letters: Theme.type.title  // pixels of the title
    property string note: ""
    property real noteLetters: Theme.type.body
    property string picture: ""
    property bool poster: true  // the band has the upper part of a low page for itself
    property real aside: 0  // of the band, for what a page puts at its right end
    property real start: 0  // of its own, below the band
    readonly property real from: Math.max(0, low - start)  // where in the body touches may begin
    readonly property real room: low && !wide ? from - Theme.size.strip : body.height  // for what is only read
    property bool back: true
    property string action: ""
    property string actionLabel: ""
    property string actionIcon: ""
    property string second: ""
    property string secondLabel: ""
    property string secondIcon: ""
    property bool footer: true
    default property alias content: body.data

    anchors.fill: parent
    visible: kiosk.page === name
    onVisibleChanged: if (visible) frame.page = page
    Component.onCompleted: if (visible) frame.page = page

    Binding {
        target: page
        property: "start"
        value: page.frame.banded + Theme.space.l
        when: page.frame.page === page
        restoreMode: Binding.RestoreNone
    }
    Item {
        id: body

        x: Theme.space.xl
        y: page.start
        width: parent.width - 2 * Theme.space.xl
        height: parent.height - y - Theme.space.xl - (page.footer ? Theme.size.bar + Theme.space.l : 0)
    }
}
