// "What would you like to do?": popular services, the others by group, and three quiet ways in.
import QtQuick
import Lobbyline.Glass

Page {
    id: home

    readonly property var tiles: kiosk.tiles
    readonly property var groups: kiosk.groups
    readonly property bool beside: wide && !low  // the quiet ways in stand left of the services
    readonly property bool small: low > 0 || Theme.large  // room for less words
    readonly property real pause: parting.visible && !beside ? more.parent.y + more.y + parting.height / 2 : 0  // where a note covers nothing to touch
    readonly property real side: 440 - Theme.space.xl
    readonly property real quietLetters: Math.min(names.letters, ways.letters)  // of all keys that are no services
    readonly property real inset: Theme.large ? Theme.space.m : Theme.space.l  // of their words
    readonly property real arrow: Theme.large ? 28 : 36
    readonly property real gap: beside ? Theme.space.s : low ? Theme.space.s + Theme.space.xs : Theme.space.m

    name: "home"
    title: words.title
    footer: wide && low > 0
    back: false

    Tiles {
        kiosk: home.kiosk
        services: home.tiles
        compact: home.low > 0
        columns: !home.wide || (Theme.large && !home.low) ? 2 : home.low ? 5 : 3
        spacing: home.low ? home.gap : Theme.space.m
        most: 290
        x: home.beside ? home.side + Theme.space.xl : 0
        width: parent.width - x
        height: home.beside ? parent.height : more.y - Theme.space.l
    }
    Column {
        id: more

        y: home.beside ? 0 : quiet.y - height - (home.low ? home.gap : Theme.space.l)
        width: home.beside ? home.side : parent.width
        spacing: home.gap

        Label {
            id: parting

            visible: !home.small
            text: home.words.more
            color: Theme.colour.quiet
            font.pixelSize: Theme.type.note
        }
        Grid {
            id: grouped

            readonly property real cell: (more.width - (columns - 1) * home.gap) / columns

            columns: home.beside ? 1 : home.wide ? 4 : 2
            spacing: home.gap

            Alike {
                id: names

                words: home.groups.map(group => group.title)
                size: Theme.type.label
                room: grouped.cell - 2 * home.inset - home.arrow - Theme.space.s
            }

            Repeater {
                model: home.groups.length

                Touch {
                    id: group

                    required property int index
                    readonly property var it: home.groups[index] ?? ({})

                    kiosk: home.kiosk
                    name: it.name ?? ""
                    label: it.title ?? ""
                    width: grouped.cell
                    height: home.beside ? 72 : home.low ? 80 : Theme.size.key

                    Label {
                        x: home.inset
                        height: parent.height
                        text: group.label
                        font.pixelSize: home.quietLetters
                        wrapMode: Text.NoWrap
                    }
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        x: parent.width - width - Theme.space.m
                        name: "next"
                        side: home.arrow
                    }
                }
            }
        }
    }
    Grid {
        id: quiet

        readonly property var keys: (home.kiosk.hasElder ? ["elder"] : []).concat(["have-number", "unsure", "access"])

        y: parent.height - height
        width: more.width
        columns: grouped.columns
        spacing: home.gap

        Alike {
            id: ways

            words: quiet.keys.map(key => home.words[key.replace("-", "_")])
            size: Theme.type.label
            room: grouped.cell - 2 * home.inset - Theme.space.m - 1.35 * size
            bold: true
        }
        Repeater {
            model: quiet.keys

            Button {
                required property string modelData
                readonly property string word: modelData.replace("-", "_")

                kiosk: home.kiosk
                name: modelData
                label: home.words[word]
                note: home.wide || home.small ? "" : home.words[word + "_note"]
                icon: ({ "elder": "elder", "have-number": "ticket", "unsure": "help", "access": "wheelchair" })[modelData]
                size: home.quietLetters
                listed: true
                inset: home.inset
                width: grouped.cell
                height: home.low ? 80 : home.wide ? 76 : 112
            }
        }
    }
}
