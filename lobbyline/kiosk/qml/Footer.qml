// Below every page: back at the lower left, the main answer at the lower right, where the thumb is, a second one beside it.
import QtQuick
import Lobbyline.Glass

Item {
    id: bar

    required property QtObject kiosk
    required property Item page
    readonly property real wanted: [back, second, action].reduce((sum, key) => sum + (key.visible ? key.implicitWidth + Theme.space.m : 0), 0)
    readonly property real squeeze: wanted > width ? width / wanted : 1  // keys that would not stand beside each other all give way

    visible: page.footer
    height: Theme.size.bar + Theme.space.xl

    Button {
        id: back

        visible: bar.page.back
        width: implicitWidth * squeeze
        squeeze: bar.squeeze
        kiosk: bar.kiosk
        name: "back"
        least: 200
        label: bar.kiosk.words.back
        icon: "back"
    }
    Row {
        anchors.right: parent.right
        spacing: Theme.space.m

        Button {
            id: second

            visible: name !== ""
            width: implicitWidth * squeeze
            squeeze: bar.squeeze
            kiosk: bar.kiosk
            name: bar.page.second
            label: bar.page.secondLabel
            icon: bar.page.secondIcon
        }
        Button {
            id: action

            visible: name !== ""
            width: implicitWidth * squeeze
            squeeze: bar.squeeze
            kiosk: bar.kiosk
            name: bar.page.action
            label: bar.kiosk.busy.trim() || bar.page.actionLabel
            icon: bar.page.actionIcon
            main: true
            size: Theme.type.tile - 4
        }
    }
}
