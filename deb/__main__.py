"""`python -m deb FOLDER` builds the Debian package from this clone, byte by byte the same whenever it is built again.

The wheels that `make setup` locked, checked and tested are laid into /usr/lib/lobbyline as they are: the package runs
exactly what was tested, needs no network and no pip on the lobby machine, and no path of this machine is in it (a
virtual environment would carry its own). Debian's Python 3.11 runs it.
"""

from __future__ import annotations

import argparse
import compileall
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from py_compile import PycInvalidationMode

from packaging.requirements import Requirement

HERE = Path(__file__).parent
ROOT = HERE.parent
LIBRARY = Path("usr/lib/lobbyline")
UNITS = Path("usr/lib/systemd/system")
# What stands in systemd/ and where it goes; units go where units are.
PLACES = {
    "lobbyline.sysusers": "usr/lib/sysusers.d/lobbyline.conf",
    "lobbyline.tmpfiles": "usr/lib/tmpfiles.d/lobbyline.conf",
    "60-lobbyline.rules": "usr/lib/udev/rules.d/60-lobbyline.rules",
    "lobbyline-panels.pam": "etc/pam.d/lobbyline-panels",
}
PYTHON = ("python3 (>= 3.11)", "python3 (<< 3.12)", "systemd", "util-linux", "passwd")
WAYLAND = ("libwayland-client0", "libwayland-cursor0", "libwayland-egl1")
NEEDED = ("qt", "fonts", "pinyin", "usb", "voice")  # lines of setup.sh; the others serve desks and tests
# Weston holds both panels, a clock that nobody sets goes wrong, ffmpeg makes films of videos; a branch may do without.
WANTED = ("weston", "systemd-timesyncd", "ffmpeg")
OF_PIP = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")  # how a wheel came here, not what it is


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m deb", description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path, help="where the package goes")
    folder: Path = options.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "root"
        root.mkdir(mode=0o755)
        fill(root)
        package = folder / f"lobbyline_{distribution('lobbyline').version}_{architecture()}.deb"
        pack(root, package)
    print(package)
    return 0


def fill(root: Path) -> None:
    """Everything that will stand on the lobby machine, under `root`."""
    for wheel in needed("lobbyline"):
        lay_wheel(wheel, root / LIBRARY)
    lay_program(root / LIBRARY)
    compile_all(root)
    put(HERE / "lobbyline", root / "usr/bin/lobbyline", 0o755)
    for file in sorted(file for file in (ROOT / "systemd").rglob("*") if file.is_file()):
        name = str(file.relative_to(ROOT / "systemd"))
        put(file, root / PLACES.get(name, UNITS / name))
    lay_documents(root / "usr/share/doc/lobbyline")
    lay_control(root)


def needed(name: str) -> Iterator[Distribution]:
    """The distributions that a program needs to run, with all that those need; not the program itself."""
    waiting, seen = [name], {name}
    while waiting:
        for line in distribution(waiting.pop()).requires or ():
            requirement = Requirement(line)
            wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            key = re.sub(r"[-_.]+", "-", requirement.name).lower()
            if wanted and key not in seen:
                seen.add(key)
                waiting.append(key)
                yield distribution(key)


def lay_wheel(wheel: Distribution, library: Path) -> None:
    """The files of one wheel; its commands and its caches stay behind."""
    for file in wheel.files or ():
        stays = file.parts[0] == ".." or "__pycache__" in file.parts or file.name in OF_PIP
        if not stays:
            put(Path(str(wheel.locate_file(file))), library / file)


def lay_program(library: Path) -> None:
    """Our own files as the clone tracks them, and a note of the version."""
    tracked = run("git", "-C", ROOT, "ls-files", "lobbyline", "assets").splitlines()
    for name in tracked:
        put(ROOT / name, library / (name if name.startswith("lobbyline/") else f"lobbyline/{name}"))
    version = distribution("lobbyline").version
    note = library / f"lobbyline-{version}.dist-info" / "METADATA"
    note.parent.mkdir()
    note.write_text(f"Metadata-Version: 2.1\nName: lobbyline\nVersion: {version}\n", "utf-8")


def compile_all(root: Path) -> None:
    """Compiled once, here: a lobby machine's root may be read-only. By content, not by time, so that it is the same."""
    compileall.compile_dir(
        root / LIBRARY, quiet=2, stripdir=str(root), prependdir="/", workers=0,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )  # fmt: skip


def lay_documents(folder: Path) -> None:
    for file in sorted((ROOT / "docs").glob("*.md")):
        put(file, folder / file.name)
    put(HERE / "copyright", folder / "copyright")
    changes = gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0)
    (folder / "changelog.gz").write_bytes(changes)


def lay_control(root: Path) -> None:
    control = root / "DEBIAN"
    control.mkdir()
    size = sum(file.stat().st_size for file in root.rglob("*") if file.is_file())
    text = (HERE / "control").read_text("utf-8").format(
        version=distribution("lobbyline").version,
        architecture=architecture(),
        kilobytes=size // 1024,
        depends=", ".join([*PYTHON, *libraries(), *WAYLAND]),
        recommends=", ".join(WANTED),
    )  # fmt: skip
    (control / "control").write_text(text, "utf-8")
    (control / "conffiles").write_text("/etc/pam.d/lobbyline-panels\n", "utf-8")
    for script in ("postinst", "prerm", "postrm"):
        put(HERE / script, control / script, 0o755)


def libraries() -> list[str]:
    """Debian's packages that a branch needs, as setup.sh lists them."""
    lists = dict(re.findall(r'^(\w+)="([^"$]*)"', (ROOT / "setup.sh").read_text("utf-8"), re.MULTILINE))
    return [package for name in NEEDED for package in lists[name].split()]


def pack(root: Path, package: Path) -> None:
    """The package, with the time of the last commit on everything."""
    moment = int(run("git", "-C", ROOT, "log", "-1", "--format=%ct"))
    for path in [root, *root.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
        os.utime(path, (moment, moment), follow_symlinks=False)
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(moment)}
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z6", "--build", str(root), str(package)]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def put(source: Path, target: Path, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def architecture() -> str:
    return run("dpkg", "--print-architecture")


def run(*words: object) -> str:
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
