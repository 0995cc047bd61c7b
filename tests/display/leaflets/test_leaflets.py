"""The branch's folder of notices: what is shown, what is passed over, and what the technician reads about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from lobbyline.display.leaflets import leaflet as leaflets
from lobbyline.display.leaflets.folder import LeafletFolder
from lobbyline.display.leaflets.leaflet import Leaflet, Spoilt, judged
from lobbyline.display.leaflets.playlist import Playlist
from lobbyline.display.leaflets.transcoder import Transcoder
from tests.display.hall import TEN, later

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def picture(path: Path, size: tuple[int, int] = (90, 60)) -> Path:
    Image.effect_noise(size, 90).convert("RGB").save(path)
    return path


def notices(folder: Path) -> LeafletFolder:
    return LeafletFolder(folder, Transcoder(folder / ".films", 90))


def spoilt(folder: Path) -> str:
    (one,) = notices(folder).look()
    assert isinstance(one, Spoilt)
    return one.sentence


def test_pictures_drawings_and_texts_are_shown_in_the_order_of_their_names(tmp_path: Path) -> None:
    """A text of a picture's name is its caption, one line for each language; alone it is a page of its own."""
    picture(tmp_path / "2.JPG")
    picture(tmp_path / "3.png")
    (tmp_path / "3.txt").write_text("防诈骗\n\nBeware\n", encoding="utf-8")
    (tmp_path / "1.svg").write_text(SQUARE)
    (tmp_path / "4.txt").write_text("今天下午停电\nNo power this afternoon", encoding="utf-8")
    (tmp_path / ".hidden").write_text("")
    found = [(one.path.name, one.kind, one.lines) for one in notices(tmp_path).look() if isinstance(one, Leaflet)]
    assert found == [
        ("1.svg", "picture", ()),
        ("2.JPG", "picture", ()),
        ("3.png", "picture", ("防诈骗", "Beware")),
        ("4.txt", "text", ("今天下午停电", "No power this afternoon")),
    ]


def test_no_folder_is_no_trouble(tmp_path: Path) -> None:
    """Most branches begin without leaflets."""
    assert notices(tmp_path / "notices").look() == []


@pytest.mark.parametrize("name", ["film.webp", "film.gif"])
def test_a_film_is_as_long_as_its_frames(tmp_path: Path, name: str) -> None:
    """It is not cut off in the middle: its own length counts."""
    frames = [Image.new("RGB", (64, 36), (shade, 0, 0)) for shade in (0, 80, 160, 240)]
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], duration=250)
    (film,) = notices(tmp_path).look()
    assert isinstance(film, Leaflet)
    assert film.kind == "film"
    assert film.seconds == pytest.approx(1)


@pytest.mark.parametrize("name", ["poster.png", "poster.jpg"])
def test_a_half_written_picture_is_passed_over(tmp_path: Path, name: str) -> None:
    """A copy that broke off is found before it is on the wall."""
    path = picture(tmp_path / name, (400, 300))
    path.write_bytes(path.read_bytes()[:-2000])
    assert spoilt(tmp_path).startswith(f"notices/{name} is passed over: it cannot be read (")
    assert spoilt(tmp_path).endswith("; save it again.")


def test_a_half_copied_film_is_passed_over(tmp_path: Path) -> None:
    """Wherever the copy of an animation broke off, the wall goes on."""
    frames = [Image.effect_noise((8, 6), spread) for spread in (20, 30, 40)]
    frames[0].save(tmp_path / "film.gif", save_all=True, append_images=frames[1:], duration=50)
    whole = (tmp_path / "film.gif").read_bytes()
    for copied in range(1, len(whole) - 1, 5):
        (tmp_path / "film.gif").write_bytes(whole[:copied])
        assert isinstance(judged(tmp_path / "film.gif", ""), Leaflet | Spoilt)
    assert spoilt(tmp_path).startswith("notices/film.gif is passed over: it ")


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    """Whatever somebody drops into the folder is a sentence and nothing worse."""
    (tmp_path / "a.png").write_text("hello")
    assert spoilt(tmp_path) == "notices/a.png is passed over: it is no picture that can be read; save it again."
    (tmp_path / "a.png").rename(tmp_path / "a.doc")
    assert spoilt(tmp_path).endswith(": pictures, videos and texts are shown; save it as png, jpg, mp4 or txt.")


@pytest.mark.qt_log_ignore("XML|svg|SVG")
def test_a_broken_drawing_is_named(tmp_path: Path) -> None:
    """Drawings are tried too."""
    (tmp_path / "a.svg").write_text(SQUARE[:60])
    assert spoilt(tmp_path).endswith("it is no drawing that can be read; save it again as plain SVG.")


def test_a_huge_picture_is_never_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes may unpack to gigabytes: the size is read first."""
    Image.new("1", (6000, 5000)).save(tmp_path / "a.png")
    assert spoilt(tmp_path) == (
        "notices/a.png is passed over: 6000 × 5000 pixels are too many; 1920 × 1080 are enough."
    )
    monkeypatch.setattr(leaflets, "MOST_BYTES", 100)
    assert spoilt(tmp_path).endswith("MB, at most 0 are shown.")


def test_a_file_is_judged_again_only_when_it_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is looked at twice a minute for years."""
    path, rail = picture(tmp_path / "a.png"), notices(tmp_path)
    (first,) = rail.look()
    assert rail.look()[0] is first
    picture(path, (80, 80))
    assert rail.look()[0] is not first
    path.unlink()
    assert rail.look() == []
    assert rail.known == {}


def test_one_at_a_time_each_for_its_time(tmp_path: Path) -> None:
    """Twenty seconds each, a film to its end, then from the beginning; a new file does not push off what stands."""
    one, film = Leaflet(tmp_path / "1.png", "picture"), Leaflet(tmp_path / "2.webp", "film", seconds=45)
    playlist = Playlist()
    assert playlist.turn(TEN, 20) is None
    playlist.fill([one, Spoilt(tmp_path / "x", ""), film])
    shown = [playlist.turn(later(second), 20) for second in range(90)]
    assert [second for second in range(1, 90) if shown[second] != shown[second - 1]] == [20, 65, 85]
    standing = playlist.now
    playlist.fill([Leaflet(tmp_path / "0.png", "picture"), one, film])
    assert playlist.now == standing
    playlist.fill([one])
    assert playlist.turn(later(91), 20) == one


def test_leaflets_are_chosen_by_what_people_wait_for(tmp_path: Path) -> None:
    """A folder named after a kind of business is shown while somebody waits for that, in turn with the general ones."""
    for name in ("notices/a.txt", "notices/forms/b.txt", "notices/advice/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("看一看", encoding="utf-8")
    playlist = Playlist()
    playlist.fill(notices(tmp_path / "notices").look())

    def turns(start: int, waited: set[str]) -> str:
        papers = [playlist.turn(later(start + 20 * step), 20, waited) for step in range(4)]
        return "".join(paper.path.stem if paper else "-" for paper in papers)

    assert turns(0, {"forms", "quick"}) == "abab"
    assert turns(80, set()) == "aaaa"
    assert turns(160, {"forms", "advice"}) == "bcab"


def test_a_leaflet_nobody_waits_for_leaves_the_place_to_others(tmp_path: Path) -> None:
    """With nothing for those who wait there is no leaflet; the first who comes for it sees it at once."""
    playlist = Playlist([Leaflet(tmp_path / "c.txt", "text", about="advice")])
    assert playlist.turn(TEN, 20, {"quick"}) is None
    assert playlist.turn(later(1), 20, {"advice"}) == playlist.leaflets[0]


def test_a_folder_of_another_name_is_told(tmp_path: Path) -> None:
    """Nobody wonders why the leaflets of a misnamed folder are never seen."""
    (tmp_path / "advise").mkdir()
    assert spoilt(tmp_path) == (
        "notices/advise is passed over: a folder is named after a kind of business,"
        " forms, advice, settlement, quick, triage."
    )
