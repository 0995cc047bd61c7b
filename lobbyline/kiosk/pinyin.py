"""Pinyin to Chinese characters, by Debian's libgooglepinyin (Apache-2.0) through ctypes.

Nothing is learned: the decoder gets a user dictionary that cannot exist, so no customer's name is ever
offered to the next one. Names are hard for whole phrases: `for_name` offers single characters early, all of a syllable,
and behind them the rare ones that the library lacks.
"""

from __future__ import annotations

import ctypes
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lobbyline import ASSETS

log = logging.getLogger(__name__)

LIBRARY = "libgooglepinyin.so.0"
DICTIONARY = "googlepinyin/data/dict_pinyin.dat"
FOLDERS = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/local/lib")
NOWHERE = b"/dev/null/never"  # no file can be made under a device
LONGEST = 30  # letters typed at a time
MOST = 60  # candidates read
ALL = 500  # of a name's syllable: nobody's character is left out
RARE = Path("pinyin/rare.txt")
NOT_OURS = -1  # the place of a character that the decoder does not know
PHRASES = 3  # whole phrases before a name's single characters

# Frequent surnames first: the first character of a name is one of these for most people.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤"
    "毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋甘景薄单包司柏宁柯阮桂闵"
)


class PinyinMissing(Exception):
    """The pinyin library is not installed; the kiosk then types Latin letters only."""


@dataclass(frozen=True)
class Guess:
    """A candidate: its characters and its place in the decoder's list."""

    text: str
    place: int


class Pinyin:
    """One decoder. It keeps no state between calls: letters go in, candidates come out."""

    def __init__(self) -> None:
        """Load the library and its dictionary; `PinyinMissing` says what to install."""
        try:
            self.engine = ctypes.CDLL(LIBRARY)
        except OSError as error:
            raise PinyinMissing(f"{LIBRARY} is missing: install the package libgooglepinyin0") from error
        dictionary = next((path for folder in FOLDERS if (path := Path(folder, DICTIONARY)).is_file()), None)
        self.engine.im_open_decoder.restype = ctypes.c_bool
        if dictionary is None or not self.engine.im_open_decoder(str(dictionary).encode(), NOWHERE):
            raise PinyinMissing(f"{DICTIONARY} cannot be read: install the package libgooglepinyin0 again")
        self.engine.im_set_max_lens(ctypes.c_size_t(LONGEST), ctypes.c_size_t(LONGEST))
        for name in ("im_search", "im_choose", "im_get_fixed_len", "im_get_spl_start_pos"):
            getattr(self.engine, name).restype = ctypes.c_size_t
        self.engine.im_get_candidate.restype = ctypes.c_void_p

    def guesses(self, letters: str, most: int = MOST) -> list[Guess]:
        """What the letters may mean, likeliest first."""
        return [Guess(self._candidate(place), place) for place in range(min(self._search(letters), most))]

    def for_name(self, letters: str, *, first: bool) -> list[Guess]:
        """The same for people's names: a few phrases, then single characters; surnames first at the beginning."""
        found = self.guesses(letters, ALL)
        rare = [Guess(sign, NOT_OURS) for sign in self._rare.get(self._first_syllable(letters), "")]
        phrases = [guess for guess in found if len(guess.text) > 1][:PHRASES]
        singles = [guess for guess in found if len(guess.text) == 1]
        if first:
            singles.sort(key=lambda guess: self._rank.get(guess.text, len(SURNAMES)))
            surname = [guess for guess in singles if guess.text in self._rank][:1]
            return [*surname, *phrases, *(guess for guess in singles if guess not in surname), *rare]
        return [*phrases, *singles, *rare]

    def pick(self, letters: str, guess: Guess) -> tuple[str, str]:
        """The characters chosen and the letters that are left for the next ones."""
        if guess.place == NOT_OURS:
            return guess.text, letters[len(self._first_syllable(letters)) :]
        self._search(letters)
        self.engine.im_choose(ctypes.c_size_t(guess.place))
        fixed = int(self.engine.im_get_fixed_len())
        starts = self._starts()
        self.engine.im_reset_search()
        return guess.text, letters[starts[fixed] :] if 0 < fixed < len(starts) else ""

    def close(self) -> None:
        self.engine.im_close_decoder()

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {surname: place for place, surname in reversed(list(enumerate(SURNAMES)))}

    @cached_property
    def _rare(self) -> dict[str, str]:
        """Rare characters by syllable."""
        lines = (ASSETS / RARE).read_text("utf-8").splitlines()
        return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))

    def _first_syllable(self, letters: str) -> str:
        self._search(letters)
        starts = self._starts()
        return letters[: starts[1]] if len(starts) > 1 else letters

    def _search(self, letters: str) -> int:
        self.engine.im_reset_search()
        text = letters[:LONGEST].encode("ascii", "ignore")
        return int(self.engine.im_search(text, ctypes.c_size_t(len(text))))

    def _candidate(self, place: int) -> str:
        buffer = (ctypes.c_uint16 * (LONGEST + 1))()
        self.engine.im_get_candidate(ctypes.c_size_t(place), buffer, ctypes.c_size_t(LONGEST))
        return bytes(buffer).decode("utf-16-le").split("\0", 1)[0]

    def _starts(self) -> list[int]:
        """Where each syllable begins among the letters, and where the last one ends."""
        starts = ctypes.POINTER(ctypes.c_uint16)()
        count = int(self.engine.im_get_spl_start_pos(ctypes.byref(starts)))
        return [int(starts[place]) for place in range(count + 1)]


def installed() -> Pinyin | None:
    """The Chinese keyboard, or none with a word to the technician: Latin letters still work."""
    try:
        return Pinyin()
    except PinyinMissing as error:
        log.warning("no Chinese keyboard: %s", error)
        return None
