"""[policy]: who is next. The rule itself is in `lobby/rule/policy.py`."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, model_validator

from lobbyline.lobby.settings.setting import Settings

Rule = Literal["fifo", "interleave", "split", "gentle", "balanced", "fast"]
RULES: tuple[str, ...] = get_args(Rule)
PRESETS: dict[str, dict[str, float]] = {
    "gentle": {"handicap": 150, "head_starts": 2, "late_after": 12, "set_back": 30, "set_back_late": 10},
    "fast": {"late_after": 30, "late_counts": 4, "set_back": 90, "set_back_late": 70},
}


class Policy(Settings):
    """Who is next: the published rule and its weights (minutes are minutes of waiting).

    `gentle`, `balanced` and `fast` are one rule with three sets of weights; a weight written here counts before the
    set's own. The defaults shown are those of `balanced`.
    """

    rule: Rule = Field(
        "balanced",
        description="`fifo`: by arrival; `interleave`: by arrival, privileged customers in between; `split`: simple "
        "and long business at counters of their own; `gentle`, `balanced`, `fast`: credit in minutes.",
    )
    handicap: float = Field(480, ge=0, le=960, description="Minutes a very long job is held back.")
    half: float = Field(5, gt=0, le=120, description="Minutes of work at which half the handicap applies.")
    steepness: float = Field(3, gt=0, le=5, description="How sharply the handicap grows around `half`.")
    crowding: float = Field(
        0.5,
        ge=0,
        le=2,
        description="Growth of head start and handicap per customer waiting per open counter above two.",
    )
    scarcity: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Share of the handicap that a job which no other open counter can do has as a head start.",
    )
    ending: float = Field(
        60,
        ge=0,
        le=240,
        description="In so many last minutes of the day's work, head start and handicap fade away; 0 is never.",
    )
    head_starts: float = Field(1, ge=0, le=5, description="Share of the head starts of lines and segments that counts.")
    late_after: float = Field(
        20, ge=0, le=480, description="Minutes of waiting from which each further one counts `late_counts` times."
    )
    late_counts: float = Field(
        5,
        ge=1,
        le=20,
        description="How often a minute counts after `late_after` where all open counters can do the job; less where "
        "few can.",
    )
    set_back: float = Field(
        60, ge=0, le=480, description="Minutes a ticket may be set back by those who came later and are called before …"
    )
    set_back_late: float = Field(
        45, ge=0, le=480, description="… and what is left of them once it has waited `max_wait`; between, evenly less."
    )
    ready_share: float = Field(
        0.7, gt=0, le=1, description="Share of a job's minutes that is left when its form was filled beforehand."
    )
    quota: int = Field(
        3, ge=1, le=50, description="Of so many calls in a row at most one passes others by privilege; 1 is no limit."
    )
    interleave: list[int] = Field(
        [1, 1],
        min_length=2,
        max_length=2,
        description="Under `interleave`: calls of privileged customers, then calls of the others, in turn.",
    )
    simple_counters: list[int] = Field(
        [],
        description="Under `split`: of the counters that can do both, those for quick business; "
        "left empty, every second one.",
    )

    @model_validator(mode="before")
    @classmethod
    def with_preset(cls, written: object) -> object:
        """The weights of the named set, below those that are written down."""
        if not isinstance(written, dict):
            return written
        return PRESETS.get(str(written.get("rule", "")), {}) | written

    @property
    def looks_back(self) -> int:
        """How many of the latest calls the share of privilege depends on."""
        if self.rule == "interleave":
            return sum(self.interleave) - 1
        return 0 if self.rule in ("fifo", "split") else self.quota - 1

    def ruled(self, rule: str) -> Policy:
        """This policy under another rule: that rule's weights, and all that belongs to no set of weights."""
        if rule == self.rule:
            return self
        weights = {key for preset in PRESETS.values() for key in preset}
        kept = {key: value for key, value in self if key not in weights}
        return Policy.model_validate(kept | {"rule": rule})
