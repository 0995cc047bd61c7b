#!/bin/sh
# Installs what Lobbyline needs on Debian 12: system libraries, then the virtual environment from locked versions.
# Does nothing, quickly, when nothing is missing.
set -eu
cd "$(dirname "$0")"

# What each package is for:
qt="libegl1 libgl1 libfontconfig1 libxkbcommon0 libdbus-1-3 libglib2.0-0"                          # Qt, with or without a screen
windows="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"            # Qt windows on X11
fonts="fonts-noto-cjk"                                                                             # every Chinese glyph, also of rare names
pinyin="libgooglepinyin0"                                                                          # the kiosk's Chinese keyboard
usb="libusb-1.0-0"                                                                                 # ticket printers that the kernel's own driver does not know
handwriting="libzinnia0 tegaki-zinnia-simplified-chinese"                                          # an extra beside that keyboard
voice="espeak-ng alsa-utils"                                                                       # the hall's voice and its player
video="ffmpeg"                                                                                     # makes a branch's videos fit for the wall, in the background
browser="chromium libatomic1"                                                                      # shows and tests the staff's pages; what drives it needs libatomic
codes="libzbar0"                                                                                   # reads the tickets' codes in the tests: a reader that is not ours
units="systemd"                                                                                    # checks the units; every Debian runs it, a container may not have it
postgresql="postgresql"                                                                            # the memory's second engine, for the tests
networks="iproute2"                                                                                # two machines on one, for the tests
python="python3.11-venv"                                                                           # makes the virtual environment

packages="$qt $windows $fonts $pinyin $handwriting $usb $voice $video $browser $codes $units $postgresql $networks"
# Debian's own Python is what branches run, and is built with every optimisation: others on the path may not be.
interpreter=${PYTHON:-$(command -v /usr/bin/python3.11 || echo python3.11)}
"$interpreter" -c 'import ensurepip, venv' 2>/dev/null || packages="$packages $python"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then as_root="sudo"
    else
        echo "System packages are missing and this user may not install them. Run once as root:" >&2
        echo "    apt-get update && apt-get install -y --no-install-recommends$missing" >&2
        exit 4
    fi
    echo "Installing system packages:$missing"
    $as_root apt-get update -qq
    # Debian would make and start a database server of its own beside the tests' throw-away ones.
    if [ ! -e /etc/postgresql-common ]; then
        $as_root mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold $missing >/dev/null
fi

# The stamp carries what the environment is made of: with a new lock or interpreter, or in a moved clone, another is made.
wanted=$(cat requirements.lock pyproject.toml | cksum)" $interpreter $PWD"
if [ "$(cat .venv/stamp 2>/dev/null || true)" != "$wanted" ]; then
    echo "Making the virtual environment in .venv: a minute or so"
    "$interpreter" -m venv --clear .venv
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock 2>&1 | grep -v '^WARNING: Location' >&2 || true
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-index --no-deps --no-build-isolation -e . 2>&1 | grep -v '^WARNING: Location' >&2 || true
    .venv/bin/python -c 'import lobbyline, PySide6, pysqlite3' # a failed install shows here, before anything is called ready
    echo "$wanted" > .venv/stamp
fi
