// "What would you like to do?": popular services, the others by group, and three quiet ways in.
import QtQuick
import Lobbyline.Glass

Page {
    id: home

    readonly property var tiles: kiosk.tiles
    readonly property var groups: kiosk.groups
    readonly property real side: wide ? 440 : width

    name: "home"
    footer: false

    Label {
        id: title

        width: parent.width
        text: home.words.title
        bold: true
        font.pixelSize: Theme.type.title
    }
    Tiles {
        kiosk: home.kiosk
        services: home.tiles
        compact: home.low || Theme.large
        columns: home.wide ? 3 : 2
        most: 290
        x: home.wide ? home.side : 0
        y: title.height + Theme.space.l
        width: parent.width - x
        height: (home.wide ? parent.height - Theme.space.xl : more.y - Theme.space.l) - y
    }
    Column {
        id: more

        y: home.wide ? title.height + Theme.space.l : parent.height - height - quiet.height - Theme.space.xl - Theme.space.l
        width: home.wide ? home.side - Theme.space.xl : parent.width
        spacing: Theme.space.m

        Label {
            visible: !home.low && !Theme.large
            text: home.words.more
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
        }
        Grid {
            columns: home.wide ? 1 : 2
            spacing: home.wide ? Theme.space.s + Theme.space.xs : Theme.space.m

            Repeater {
                model: home.groups.length

                Touch {
                    id: group

                    required property int index
                    readonly property var it: home.groups[index] ?? ({})

                    kiosk: home.kiosk
                    name: it.name ?? ""
                    label: it.title ?? ""
                    width: home.wide ? more.width : (more.width - Theme.space.m) / 2
                    height: home.wide ? 72 : home.low ? 84 : Theme.size.key

                    Label {
                        x: Theme.space.l
                        width: parent.width - 2 * Theme.space.l - 40
                        height: parent.height
                        verticalAlignment: Text.AlignVCenter
                        text: group.label
                        font.pixelSize: 34
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: 26
                        wrapMode: Text.NoWrap
                    }
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        x: parent.width - width - Theme.space.m
                        name: "next"
                        side: 36
                    }
                }
            }
        }
    }
    Grid {
        id: quiet

        readonly property var keys: (home.kiosk.hasElder ? ["elder"] : []).concat(["have-number", "unsure", "access"])

        y: parent.height - height - Theme.space.xl
        width: more.width
        columns: home.wide ? 1 : 2
        spacing: home.wide ? Theme.space.s : Theme.space.m

        Repeater {
            model: quiet.keys

            Button {
                required property string modelData
                readonly property string word: modelData.replace("-", "_")

                kiosk: home.kiosk
                name: modelData
                label: home.words[word]
                note: home.wide || home.low || Theme.large ? "" : home.words[word + "_note"]
                icon: ({ "elder": "elder", "have-number": "ticket", "unsure": "help", "access": "eye" })[modelData]
                size: 32
                width: home.wide ? quiet.width : (quiet.width - Theme.space.m) / 2
                height: home.wide ? 80 : home.low ? 88 : 112
            }
        }
    }
}
