"""The voice of the hall: each call is spoken once, however often this program dies.

The bookmark is moved before the first sound, so that a death costs one announcement and never doubles one. Without
a voice, aplay or a sound device the hall stays quiet, one warning says why, and nothing else is disturbed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from lobbyline.display.voice.announcement import announce
from lobbyline.display.voice.player import Player
from lobbyline.display.voice.studio import Studio
from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.branch import Voice as VoiceSettings
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.hall.view import Call
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.store.bell import Watch

READER = "voice"  # our name in the store: bookmark and device
LOOK_SECONDS = 0.5  # between two looks when no bell rang
LAST_SECONDS = 5.0  # for a voice that was told to end

log = logging.getLogger(__name__)


class Voice(threading.Thread):
    """Reads the calls since its bookmark and speaks those that are still news."""

    def __init__(self, lobby: Lobby, clock: Clock, studio: Studio | None = None, player: Player | None = None) -> None:
        super().__init__(name="voice", daemon=True)
        self.lobby, self.clock = lobby, clock
        self.studio = studio or Studio(lobby.data / "voice")
        self.player = player or Player()
        self.ended = threading.Event()
        self.behind, self.complaint = True, ""
        self.told = ""  # what is wrong, as the journal heard it last

    @property
    def settings(self) -> VoiceSettings:
        return self.lobby.branch.voice

    def run(self) -> None:
        watch = self.lobby.watch(READER)  # here: a watch belongs to the thread that asks it
        try:
            self.try_out()
            while not self.ended.is_set():
                self.look(watch)
        finally:
            watch.close()

    def try_out(self) -> None:
        """Play a moment of silence, so that the technician hears of a missing loudspeaker before customers do."""
        try:
            self.sounding(self.studio.quiet)
        except StoreError as error:
            self.complain(str(error))

    def look(self, watch: Watch) -> None:
        """Wait for a change and catch up; a store that fails is asked again at the next look."""
        try:
            self.behind = watch.wait(LOOK_SECONDS) or self.behind
            if self.behind:
                self.catch_up()
            self.behind, self.complaint = False, ""
        except StoreError as error:
            self.complain(str(error))

    def complain(self, sentence: str) -> None:
        """Once for each trouble, not twice a second while it lasts."""
        if sentence != self.complaint:
            log.warning("voice: %s", sentence)
        self.behind, self.complaint = True, sentence

    def catch_up(self) -> None:
        """Speak what is news, one after another."""
        while (call := self.next_news()) and not self.ended.is_set():
            self.lobby.hall.move_bookmark(READER, call.id)  # before the first sound: nothing is said twice
            self.speak(call)

    def next_news(self) -> Call | None:
        """The oldest call that is news; the bookmark is moved when none is."""
        calls = self.calls()
        news = next((call for place, call in enumerate(calls) if self.is_news(call, calls[place + 1 :])), None)
        if calls and news is None:
            self.lobby.hall.move_bookmark(READER, calls[-1].id)
        return news

    def calls(self) -> list[Call]:
        return self.lobby.hall.calls_since(self.lobby.hall.bookmark(READER))

    def is_news(self, call: Call, later: Sequence[Call]) -> bool:
        """Neither old nor called again since: the later call says where to go."""
        is_fresh = is_news(call, self.clock(), self.settings.stale_seconds)
        return is_fresh and all(call.number != other.number for other in later)

    def speak(self, call: Call) -> None:
        """Say the call, and again while nobody else waits to be said."""
        self.say(call)
        for _ in range(self.settings.repeats - 1):
            if self.ended.is_set() or self.calls():
                return
            self.say(call, is_first=False)

    def say(self, call: Call, *, is_first: bool = True) -> None:
        """Say it once if it is still news and the hours are not quiet; trouble is told to the technician, once."""
        now = self.clock()
        volume = self.settings.volume_at(now.astimezone(self.lobby.branch.zone).time())
        if volume == 0 or not is_news(call, now, self.settings.stale_seconds):
            return
        utterances = announce(call, self.settings.languages, self.lobby.setup.voices)
        self.sounding(lambda: self.studio.recording(utterances, 1, volume, chimes=is_first))

    def sounding(self, recording: Callable[[], Path]) -> None:
        try:
            self.player.play(recording(), self.settings.output)
        except DeviceError as error:
            self.report("warn", str(error), error.trouble)
        else:
            self.report("ok")

    def report(self, state: str, sentence: str = "", trouble: str = "") -> None:
        if sentence != self.told:
            self.told = sentence
            log.log(logging.WARNING if sentence else logging.INFO, "%s", sentence or "the voice is heard again")
        self.lobby.devices.report(READER, "voice", state, sentence, self.clock(), trouble)

    def end(self) -> None:
        """Fall silent and let the thread go."""
        self.ended.set()
        self.player.hush()
        self.join(LAST_SECONDS)


def is_news(call: Call, at: datetime, stale_seconds: int) -> bool:
    return (at - call.at).total_seconds() <= stale_seconds
