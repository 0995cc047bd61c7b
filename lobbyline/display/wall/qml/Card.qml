// The ground of everything that is read as one piece; a look that tells them apart by frames has frames.
import QtQuick
import Lobbyline.Glass

Rectangle {
    required property real unit

    radius: Theme.corner.tile * unit
    color: Theme.colour.card
    border { width: Theme.size.frame * unit; color: Theme.colour.line }
}
