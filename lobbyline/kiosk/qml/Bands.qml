// How much: each range says what to bring and how it goes on.
import QtQuick
import Lobbyline.Glass

Page {
    id: page

    readonly property var bands: kiosk.bands

    name: "bands"
    title: words.bands_title

    Grid {
        id: grid

        anchors.fill: parent
        columns: page.wide ? page.bands.length : 1
        spacing: Theme.space.l

        Repeater {
            model: page.bands.length

            Touch {
                id: band

                required property int index
                readonly property var it: page.bands[index] ?? ({})

                kiosk: page.kiosk
                name: it.name ?? ""
                label: (it.title ?? "") + " " + (it.bring ?? "") + " " + (it.way ?? "")
                width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                height: Math.min(page.wide ? 600 : 420, (grid.height - (page.wide ? 0 : page.bands.length - 1) * grid.spacing) / (page.wide ? 1 : Math.max(1, page.bands.length)))

                Column {
                    id: said

                    readonly property bool small: band.height < 300

                    x: Theme.space.xl
                    y: page.wide ? Theme.space.l : (parent.height - height) / 2
                    width: parent.width - 2 * x
                    spacing: Theme.large || small ? 0 : Theme.space.m

                    Label {
                        width: parent.width
                        text: band.it.title ?? ""
                        bold: true
                        font.pixelSize: page.wide || said.small ? Theme.type.tile : Theme.type.title
                        lineHeight: 1.05
                    }
                    Line {
                        width: parent.width
                        icon: "card"
                        size: said.small && !Theme.large ? 30 : Math.min(40, Theme.type.body)
                        text: band.it.bring ?? ""
                    }
                    Line {
                        width: parent.width
                        icon: band.it.open ? "ticket" : "clock"
                        size: said.small && !Theme.large ? 30 : Math.min(40, Theme.type.body)
                        text: band.it.open ? band.it.way + (Theme.large ? "" : " · " + band.it.line) : band.it.line ?? ""
                        colour: band.it.open ? Theme.colour.accent : Theme.colour.warn
                    }
                }
            }
        }
    }
}
