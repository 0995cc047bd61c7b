"""Videos as they are copied into notices/: what becomes of them, with a real ffmpeg and real videos."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from lobbyline.display.leaflets import transcoder as rules
from lobbyline.display.leaflets.folder import LeafletFolder
from lobbyline.display.leaflets.leaflet import Awaited, Judged, Leaflet, Spoilt
from lobbyline.display.leaflets.transcoder import Transcoder, height_for, is_settled, length
from lobbyline.lobby.branch import Screen
from tests.display.footage import long_video, settled, video
from tests.patience import PATIENCE, until


@pytest.fixture
def notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LeafletFolder]:
    monkeypatch.setattr(rules, "PROBE_SECONDS", PATIENCE)  # it looks at the lowest priority
    notices = LeafletFolder(tmp_path / "notices", Transcoder(tmp_path / "data" / "films", 90))
    notices.folder.mkdir()
    yield notices
    notices.transcoder.end()


def looked(notices: LeafletFolder, ready: Callable[[list[Judged]], bool]) -> list[Judged]:
    """What the folder holds once it is so; the screen looks twice a minute, a test has no such patience."""
    found: list[Judged] = []

    def looks() -> bool:
        found[:] = notices.look()
        return ready(found)

    until(looks)
    return found


def nothing_awaited(found: list[Judged]) -> bool:
    return not any(isinstance(one, Awaited) for one in found)


def files(notices: LeafletFolder) -> list[Path]:
    return [path for path in notices.transcoder.folder.iterdir() if path.name != "making"]


def refusal(notices: LeafletFolder) -> str:
    (one,) = looked(notices, nothing_awaited)
    assert isinstance(one, Spoilt)
    return one.sentence


@pytest.mark.parametrize("name", ["film.mp4", "film.webm", "film.MOV"])
def test_a_video_becomes_a_film(notices: LeafletFolder, name: str) -> None:
    """Taken as it is, fit for its place, as long as before, with its caption, and nothing half-made is left."""
    video(notices.folder / name)
    (notices.folder / "film.txt").write_text("防诈骗\nBeware\n", encoding="utf-8")
    (first,) = notices.look()
    assert first == Awaited(
        notices.folder / name, f"notices/{name} is being made into a film and will be shown by itself."
    )
    (film,) = looked(notices, nothing_awaited)
    assert isinstance(film, Leaflet)
    assert (film.kind, film.lines) == ("film", ("防诈骗", "Beware"))
    assert film.seconds == pytest.approx(1, abs=0.1)
    assert files(notices) == [film.path]
    with Image.open(film.path) as image:
        assert image.size == (160, 90)
        assert getattr(image, "n_frames", 1) == pytest.approx(12, abs=1)
        assert image.info["loop"] == 0


def test_the_others_take_turns_while_a_film_is_made(notices: LeafletFolder) -> None:
    """One film at a time, in the order of the names; what stands beside them is shown from the first look on."""
    video(notices.folder / "1.mp4")
    video(notices.folder / "2.mp4", size="200x200")
    Image.new("RGB", (9, 9)).save(notices.folder / "3.png")
    assert [type(one) for one in notices.look()] == [Awaited, Awaited, Leaflet]
    two = looked(notices, lambda found: isinstance(found[0], Leaflet))
    assert isinstance(two[1], Awaited)
    assert [type(one) for one in looked(notices, nothing_awaited)] == [Leaflet] * 3


def test_a_film_is_made_once(notices: LeafletFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Renamed, copied anew or after a restart: the same content needs no second making."""
    path = video(notices.folder / "film.mp4")
    (film,) = looked(notices, nothing_awaited)
    path = path.rename(notices.folder / "forms.mp4")
    os.utime(path)
    monkeypatch.setattr(Transcoder, "begin", lambda *_: pytest.fail("made twice"))
    (again,) = LeafletFolder(notices.folder, Transcoder(notices.transcoder.folder, 90)).look()
    assert isinstance(film, Leaflet)
    assert isinstance(again, Leaflet)
    assert again.path == film.path


def test_a_video_that_is_gone_leaves_nothing_behind(notices: LeafletFolder) -> None:
    """Its film is erased; one that is being made is given up at once."""
    path = video(notices.folder / "film.mp4")
    looked(notices, nothing_awaited)
    path.unlink()
    assert notices.look() == []
    long_video(path)
    notices.look()
    assert notices.transcoder.making
    process = notices.transcoder.making.process
    path.unlink()
    notices.look()
    assert process.poll() == -signal.SIGKILL
    assert files(notices) == []


def test_two_programs_make_a_film_once(notices: LeafletFolder) -> None:
    """A technician who starts a second screen beside the first one spoils no film: it waits and finds it made."""
    video(notices.folder / "film.mp4")
    other = LeafletFolder(notices.folder, Transcoder(notices.transcoder.folder, 90))
    assert [type(one) for one in (*notices.look(), *other.look())] == [Awaited, Awaited]
    assert other.transcoder.making is None
    assert looked(notices, nothing_awaited) == other.look()


def test_a_video_is_left_alone_while_it_is_copied(notices: LeafletFolder) -> None:
    """Nobody makes a film of the first half of a video."""
    os.utime(video(notices.folder / "film.mp4"))
    assert [type(one) for one in notices.look()] == [Awaited]
    assert notices.transcoder.making is None
    settled(notices.folder / "film.mp4")
    assert isinstance(looked(notices, nothing_awaited)[0], Leaflet)


def test_a_file_of_tomorrow_is_no_riddle(tmp_path: Path) -> None:
    """A camera whose clock is wrong does not keep its video waiting for ever."""
    (tmp_path / "film.mp4").write_bytes(b"")
    os.utime(tmp_path / "film.mp4", (time.time() + 9000, time.time() + 9000))
    assert is_settled(tmp_path / "film.mp4")


def test_a_video_that_broke_off_is_told_and_tried_once(notices: LeafletFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of a video is not shown; the same file is not tried again twice a minute, the whole one is."""
    path = video(notices.folder / "film.mp4", 2, "320x180", "-movflags", "+faststart")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    settled(path)
    assert refusal(notices).startswith("notices/film.mp4 is passed over: ffmpeg cannot make a film of it (")
    assert files(notices) == []
    with monkeypatch.context() as patch:
        patch.setattr(Transcoder, "begin", lambda *_: pytest.fail("tried again"))
        notices.look()
    path.write_bytes(whole)
    settled(path)
    assert isinstance(looked(notices, nothing_awaited)[0], Leaflet)


def test_what_is_no_video_is_told_at_once(notices: LeafletFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of that name, a sound, a list of other files, a video that is too long: each has its sentence."""
    path = notices.folder / "film.mp4"
    passed_over = "notices/film.mp4 is passed over: "
    for content in (b"hello", b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"):
        path.write_bytes(content)
        settled(path)
        assert refusal(notices) == passed_over + "it is no video that can be read; save it again."
    video(path, 1, "320x180", "-vn")
    assert refusal(notices) == passed_over + "there is no picture in it."
    monkeypatch.setattr(rules, "MOST_PIXELS", 300 * 180)
    video(path)
    assert refusal(notices) == passed_over + "its pictures are too large; 1920 × 1080 is enough."
    monkeypatch.undo()
    monkeypatch.setattr(rules, "MOST_SECONDS", 2)
    video(path, 4)
    assert refusal(notices) == passed_over + "it lasts 4 seconds, at most 2 are shown; cut it."
    monkeypatch.setattr(rules, "MOST_VIDEO_BYTES", 1000)
    assert refusal(notices) == passed_over + "it has 0 MB, at most 0 are taken."


def test_a_film_keeps_its_bounds(notices: LeafletFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a huge film nor one that is never done: the process is ended, and the technician reads why."""
    monkeypatch.setattr(rules, "MOST_BYTES", 5000)
    path = video(notices.folder / "film.mp4")
    assert refusal(notices).endswith("its film would have more than 0 MB; make it shorter.")
    monkeypatch.undo()
    monkeypatch.setattr(rules, "MAKING_SECONDS", 0)
    long_video(path)
    assert refusal(notices).endswith("its film was not made in 0 minutes; make it shorter.")
    assert files(notices) == []


def test_a_hall_has_a_dozen_films(notices: LeafletFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """More would fill the disk, and nobody would wait until his turn came round again."""
    monkeypatch.setattr(rules, "MOST_VIDEOS", 1)
    video(notices.folder / "1.mp4")
    video(notices.folder / "2.mp4", size="200x200")
    film, spoilt = looked(notices, nothing_awaited)
    assert isinstance(film, Leaflet)
    assert isinstance(spoilt, Spoilt)
    assert spoilt.sentence == "notices/2.mp4 is passed over: at most 1 videos are shown; take others away."


def test_a_machine_without_ffmpeg_says_so_until_it_has_it(notices: LeafletFolder) -> None:
    """Installed while the program runs, it is used at the next look."""
    video(notices.folder / "film.mp4")
    notices.transcoder.program = "/no/ffmpeg"
    assert refusal(notices) == (
        "notices/film.mp4 is passed over: /no/ffmpeg is not installed, which makes videos fit for the wall; install it."
    )
    notices.transcoder.program = "ffmpeg"
    assert isinstance(looked(notices, nothing_awaited)[0], Leaflet)


def test_a_full_disk_is_left_to_the_memory(notices: LeafletFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lobby's own file has the last room on the disk."""
    video(notices.folder / "film.mp4")
    monkeypatch.setattr(rules, "ROOM", 10**15)
    assert "its film needs a disk with" in refusal(notices)
    monkeypatch.undo()
    notices.transcoder.folder = Path("/proc/films")
    assert refusal(notices).endswith("/proc/films cannot be written (No such file or directory); check the disk.")


def words(stat: Path) -> list[str]:
    """What proc(5) tells of a process, from its state on."""
    return stat.read_text().rpartition(")")[2].split()


DIE = """
import sys, time
from pathlib import Path
from lobbyline.display.leaflets.transcoder import Transcoder
room = Transcoder(Path(sys.argv[1]), 720)
room.film(Path(sys.argv[2]))
print(room.making.process.pid, flush=True)
time.sleep(60)
"""


def test_a_film_ends_with_the_program(tmp_path: Path) -> None:
    """Kill -9 the screen: nothing goes on in the background, and what is half-made is erased at the next start."""
    path, films = long_video(tmp_path / "film.mp4"), tmp_path / "films"
    dying = subprocess.Popen([sys.executable, "-c", DIE, films, path], stdout=subprocess.PIPE)
    assert dying.stdout
    maker = Path("/proc", dying.stdout.readline().decode().strip(), "stat")
    until(lambda: words(maker)[16] == "19")  # its nice value: nothing on this machine waits for it
    dying.kill()
    dying.communicate()
    until(lambda: not maker.exists() or words(maker)[0] == "Z")
    Transcoder(films, 720).tidy()
    assert list(films.glob("*.webp*")) == []


@pytest.mark.parametrize(
    ("panel", "height"), [((1920, 1080), 443), ((1080, 1920), 443), ((1366, 768), 315), ((3840, 2160), 540)]
)
def test_a_film_is_as_high_as_its_place(panel: tuple[int, int], height: int) -> None:
    """On a small panel less is decoded; on a huge one nobody would see more from his seat."""
    width, tall = panel
    assert height_for(Screen(width=width, height=tall)) == height


def test_the_length_of_a_film_is_read_from_its_heads(tmp_path: Path) -> None:
    """Odd and even frames, and a picture that stands still has none."""
    frames = [Image.effect_noise((40 + step, 30), 90).convert("RGB").resize((40, 30)) for step in range(5)]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], duration=[80, 90, 100, 110, 120])
    assert length(tmp_path / "a.webp") == pytest.approx(0.5)
    frames[0].save(tmp_path / "b.webp")
    assert length(tmp_path / "b.webp") == 0
