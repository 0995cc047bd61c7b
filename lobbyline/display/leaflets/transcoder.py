"""A video as somebody copied it becomes, once and in the background, a film that the wall can play.

Debian's ffmpeg does it, a process of the lowest priority, bounded in time, memory and size, which ends with this
program. Films lie in the data folder, named after the content of their video; one that no video asks for is erased.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from lobbyline.lobby.branch import Screen

VIDEOS = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".wmv", ".flv", ".mpg", ".mpeg")
MOST_VIDEOS = 12
MOST_SECONDS = 240  # of a film: whoever waits for another leaflet waits no longer
MOST_PIXELS = 4096 * 2304
MOST_VIDEO_BYTES = 2_000_000_000
MOST_BYTES = 60_000_000  # of a film: the wall holds the one that it plays in memory
ROOM = 500_000_000  # bytes that stay free on the disk, for the memory of the lobby
RATE = 12  # pictures a second: the wall decodes them on the processor that draws the calls
SHAPE = 16 / 9
MOST_HEIGHT = 540
PLACE = 0.41  # of the panel's shorter side: how high the leaflets' place on the wall is
SETTLED_SECONDS = 10  # a file that changed later than that ago may still be copied
PROBE_SECONDS = 20.0
MAKING_SECONDS = 3600.0

# Ended with us, after everything else on this machine, and never with more memory than the wall can spare.
BOUNDED = ("setpriv", "--pdeathsig", "KILL", "nice", "-n", "19", "prlimit", f"--data={400_000_000}")
# A playlist that calls itself a video could fetch any file or address: only files, and only of these kinds.
TRUSTED = (
    "-protocol_whitelist", "file",
    "-format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,asf,flv,mpeg,mpegts,mpegvideo",
)  # fmt: skip


@dataclass
class Making:
    """A film under way: for which video, by which process, what that complains of, until when at the latest."""

    key: str
    process: subprocess.Popen[bytes]
    complaint: IO[bytes]
    turn: IO[bytes]
    deadline: float


@dataclass
class Transcoder:
    """Makes one film at a time, each `height` pixels high at most; all of it is asked for anew at each look."""

    folder: Path
    height: int
    program: str = "ffmpeg"
    scout: str = "ffprobe"
    making: Making | None = None
    keys: dict[tuple[str, int, int], str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def film(self, video: Path) -> Path | None:
        """The film of a video; None while it is not there yet, `ValueError` when there will be none."""
        key = self.key(video)
        self.asked.add(key)
        if self.making and self.making.key == key:
            self.attend(self.making)
        if self.path(key).exists():
            return self.path(key)
        if key in self.refused:
            raise ValueError(self.refused[key])
        if self.making is None and is_settled(video):
            self.begin(key, video)
        return None

    def tidy(self) -> None:
        """At the end of a look: what no video asked for is erased, and no longer made."""
        if self.making and self.making.key not in self.asked:
            self.end()
        for film in self.folder.glob("*.webp*"):
            if film.name.partition(".")[0] not in self.asked:
                film.unlink(missing_ok=True)
        self.keys = {mark: key for mark, key in self.keys.items() if key in self.asked}
        self.refused = {key: sentence for key, sentence in self.refused.items() if key in self.asked}
        self.asked = set()

    def end(self) -> None:
        """Make no film any more; what was begun is begun again another time."""
        if self.making:
            self.making.process.kill()
            self.making.process.wait()
            self.part(self.making.key).unlink(missing_ok=True)
            self.making.complaint.close()
            self.making.turn.close()
        self.making = None

    def key(self, video: Path) -> str:
        """Names a film after what is in its video and how large it was made; read again only when the file changed."""
        state = video.stat()
        if state.st_size > MOST_VIDEO_BYTES:
            raise ValueError(
                f"it has {state.st_size // 1_000_000} MB, at most {MOST_VIDEO_BYTES // 1_000_000} are taken"
            )
        mark = (str(video), state.st_size, state.st_mtime_ns)
        if mark not in self.keys:
            with video.open("rb") as file:
                self.keys[mark] = f"{hashlib.file_digest(file, 'sha256').hexdigest()[:24]}-{self.height}"
        return self.keys[mark]

    def path(self, key: str) -> Path:
        return self.folder / f"{key}.webp"

    def part(self, key: str) -> Path:
        """Where a film is while it is made: nobody plays half of one."""
        return self.folder / f"{key}.webp.part"

    def begin(self, key: str, video: Path) -> None:
        """Start a film, unless the video shows at once that there will be none."""
        self.make_room()
        if objection := self.objection(video):
            self.refused[key] = objection
            raise ValueError(objection)
        if (turn := self.turn()) is None:
            return
        complaint = TemporaryFile()  # noqa: SIM115  # closed with the process that writes it
        process = subprocess.Popen(self.command(video, self.part(key)), stdout=subprocess.DEVNULL, stderr=complaint)  # noqa: S603  # a list, no shell
        self.making = Making(key, process, complaint, turn, time.monotonic() + MAKING_SECONDS)

    def turn(self) -> IO[bytes] | None:
        """The right to make films here, as a lock; None while another program has it, whose films we shall find."""
        turn = (self.folder / "making").open("wb")
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            turn.close()
            return None
        return turn

    def make_room(self) -> None:
        """What must be there for any film; asked again at each look, since it can be mended meanwhile."""
        if not shutil.which(self.program):
            raise ValueError(f"{self.program} is not installed, which makes videos fit for the wall; install it")
        if len(self.asked) > MOST_VIDEOS:
            raise ValueError(f"at most {MOST_VIDEOS} videos are shown; take others away")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            raise ValueError(f"{self.folder} cannot be written ({error.strerror}); check the disk") from error
        if free < ROOM:
            raise ValueError(f"its film needs a disk with {ROOM // 1_000_000} MB free; make room")

    def command(self, video: Path, part: Path) -> list[str]:
        """A picture for each twelfth of a second, as large as its place on the wall, without sound."""
        width = round(self.height * SHAPE)
        square = "scale=iw*sar:ih"  # some cameras' pixels are oblong
        size = f"scale='min({width},iw)':'min({self.height},ih)':force_original_aspect_ratio=decrease,setsar=1"
        return [
            *BOUNDED, f"--fsize={MOST_BYTES}",
            self.program, "-nostdin", "-loglevel", "error", "-xerror", *TRUSTED, "-threads", "1",
            "-i", str(video), "-map", "0:v:0", "-an", "-t", str(MOST_SECONDS),
            "-filter_threads", "1", "-vf", f"fps={RATE},{square},{size}",
            "-c:v", "libwebp_anim", "-quality", "60", "-compression_level", "0", "-loop", "0",
            "-f", "webp", "-y", str(part),
        ]  # fmt: skip

    def attend(self, making: Making) -> None:
        """Take over a film that is done; one that takes too long is given up."""
        code = making.process.poll()
        if code is None and time.monotonic() < making.deadline:
            return
        try:
            if code == 0:
                self.part(making.key).replace(self.path(making.key))
            else:
                self.refused[making.key] = reason(code, making.complaint)
        finally:
            self.end()

    def objection(self, video: Path) -> str:
        """What can be said against a video before the long work begins; empty for a good one."""
        facts = self.probed(video)
        if facts is None:
            return "it is no video that can be read; save it again"
        if not facts.get("streams"):
            return "there is no picture in it"
        stream = facts["streams"][0]
        if stream.get("width", 0) * stream.get("height", 0) > MOST_PIXELS:
            return "its pictures are too large; 1920 × 1080 is enough"
        seconds = float(facts.get("format", {}).get("duration", 0))
        if seconds > MOST_SECONDS:
            return f"it lasts {seconds:.0f} seconds, at most {MOST_SECONDS} are shown; cut it"
        return ""

    def probed(self, video: Path) -> dict[str, Any] | None:
        """Size and length as ffmpeg's own scout sees them; None when it sees no video at all."""
        facts = ("-select_streams", "v:0", "-show_entries", "stream=width,height:format=duration", "-of", "json")
        command = [*BOUNDED, self.scout, "-v", "error", *TRUSTED, *facts, str(video)]
        try:
            told = subprocess.run(command, capture_output=True, check=True, timeout=PROBE_SECONDS)  # noqa: S603  # a list, no shell
        except subprocess.SubprocessError:
            return None
        return dict(json.loads(told.stdout))


def height_for(screen: Screen) -> int:
    """The height of the leaflets' place on a panel, as far as anybody could see more from his seat."""
    return min(MOST_HEIGHT, round(min(screen.width, screen.height) * PLACE))


def is_settled(video: Path) -> bool:
    """Whether nobody copies it any more, as far as its time tells."""
    return not 0 <= time.time() - video.stat().st_mtime < SETTLED_SECONDS


def reason(code: int | None, complaint: IO[bytes]) -> str:
    """Why there is no film."""
    if code is None:
        return f"its film was not made in {MAKING_SECONDS / 60:.0f} minutes; make it shorter"
    if code == -signal.SIGXFSZ:
        return f"its film would have more than {MOST_BYTES // 1_000_000} MB; make it shorter"
    complaint.seek(0)
    lines = complaint.read(10_000).decode(errors="replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), f"it ended with {code}")
    return f"ffmpeg cannot make a film of it ({last}); save it again"


def length(film: Path) -> float:
    """Seconds of a film of ours, from the heads of its pictures alone."""
    milliseconds = 0
    with film.open("rb") as file:
        file.seek(12)  # RIFF, size, WEBP
        while len(head := file.read(8)) == 8:
            size = int.from_bytes(head[4:], "little")
            body = file.read(16) if head[:4] == b"ANMF" else b""  # an animation's frame: place, size, duration
            milliseconds += int.from_bytes(body[12:15], "little")
            file.seek(size + size % 2 - len(body), 1)
    return milliseconds / 1000
