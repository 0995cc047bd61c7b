// A page that is made when it is wanted, or soon after the start when nothing else is to be done.
import QtQuick

Loader {
    id: later

    required property string file
    required property QtObject kiosk
    required property Item frame
    required property bool wide
    required property real low
    readonly property bool wanted: kiosk.page === (file === "FormPage" ? "form" : file.toLowerCase())

    anchors.fill: parent
    onWantedChanged: if (wanted) load()

    function load() {
        if (status === Loader.Null)
            setSource(file + ".qml", { "kiosk": kiosk, "frame": frame, "wide": wide, "low": Qt.binding(() => low) })
    }
}
