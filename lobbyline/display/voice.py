"""The voice of the hall: each call is spoken once, however often this program dies.

The page is turned before the first sound, so that a death costs one announcement and never doubles one. Without
a voice, aplay or a sound device the hall stays quiet, one warning says why, and nothing else is disturbed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from lobbyline.display.announcement import announce
from lobbyline.display.studio import Player, Studio
from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.branch import Voice as VoiceSettings
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.hall import Call
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
        """Speak what is news, one after another; old calls are passed over together."""
        calls = self.lobby.hall.calls_since(self.lobby.hall.bookmark(READER))
        old = list(takewhile(lambda call: not self.is_news(call), calls))
        if old:
            self.lobby.hall.turn_page(READER, old[-1].id)
        news = calls[len(old) :]
        for call in news:
            if self.ended.is_set():
                return
            self.lobby.hall.turn_page(READER, call.id)  # before the first sound: nothing is said twice
            self.speak(call, self.settings.repeats if call is news[-1] else 1)  # once when others wait to be said

    def is_news(self, call: Call) -> bool:
        return is_news(call, self.clock(), self.settings.stale_seconds)

    def speak(self, call: Call, repeats: int) -> None:
        """Say the call if it is still news and the hours are not quiet; trouble is told to the technician, once."""
        now = self.clock()
        volume = self.settings.volume_at(now.astimezone(self.lobby.branch.zone).time())
        if volume == 0 or not is_news(call, now, self.settings.stale_seconds):
            return
        utterances = announce(call, self.settings.languages, self.lobby.setup.voices)
        self.sounding(lambda: self.studio.recording(utterances, repeats, volume))

    def sounding(self, recording: Callable[[], Path]) -> None:
        try:
            self.player.play(recording())
        except DeviceError as error:
            self.report("warn", str(error))
        else:
            self.report("ok", "")

    def report(self, state: str, sentence: str) -> None:
        self.lobby.devices.report(READER, "voice", state, sentence, self.clock())

    def end(self) -> None:
        """Fall silent and let the thread go."""
        self.ended.set()
        self.player.hush()
        self.join(LAST_SECONDS)


def is_news(call: Call, at: datetime, stale_seconds: int) -> bool:
    return (at - call.at).total_seconds() <= stale_seconds
