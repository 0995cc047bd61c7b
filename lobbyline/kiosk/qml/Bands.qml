// How much: each range says what to bring, how it goes on, and how long that takes.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var bands: kiosk.bands

    name: "bands"
    title: words.bands_title

    Grid {
        id: grid

        readonly property int rowsNeeded: Math.max(1, Math.ceil(page.bands.length / columns))

        anchors.fill: parent
        columns: page.wide ? page.bands.length : 1
        spacing: Theme.space.m

        Repeater {
            model: page.bands.length

            Touch {
                id: band

                required property int index
                readonly property var it: page.bands[index] ?? ({})
                readonly property bool small: height < 300
                readonly property real letters: small ? 32 : Math.min(40, Theme.type.body)

                kiosk: page.kiosk
                name: it.name ?? ""
                label: [it.title, it.bring, it.way, it.line].filter(Boolean).join(" ")
                width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                height: Math.min(page.wide ? 540 : 460, (grid.height + grid.spacing) / grid.rowsNeeded - grid.spacing)

                Column {
                    x: Theme.space.xl
                    y: page.wide ? Theme.space.xl : (parent.height - height) / 2
                    width: parent.width - 2 * x
                    spacing: band.small ? 0 : Theme.large ? Theme.space.xs : Theme.space.s

                    Snug {
                        width: parent.width
                        words: band.it.title ?? ""
                        bold: true
                        size: band.small ? 46 : page.wide || Theme.large ? Theme.type.tile : Theme.type.title
                        bottomPadding: band.small ? 0 : Theme.space.s
                    }
                    Line {
                        width: parent.width
                        icon: "document"
                        size: band.letters
                        text: band.it.bring ?? ""
                        halves: band.it.rows ?? ""
                    }
                    Line {
                        width: parent.width
                        visible: band.it.open
                        icon: "ticket"
                        size: band.letters
                        text: [band.it.way, band.small ? band.it.line : ""].filter(Boolean).join(" · ")
                        colour: Theme.colour.accent
                    }
                    Line {
                        width: parent.width
                        visible: !band.small || !band.it.open
                        icon: "clock"
                        size: band.letters
                        text: band.it.line ?? ""
                        colour: band.it.open ? Theme.colour.accent : Theme.colour.warn
                    }
                }
            }
        }
    }
}
