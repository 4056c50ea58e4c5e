"""A run's life: its states, forms, the list before START, what a real incident reports; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from branch.drills.rules.scenario import RECORDER
from branch.kernel.errors import BadInput, Stale

TABLETOP, LIVE, UNANNOUNCED, WITH_CUSTOMERS = (
    "tabletop",
    "live",
    "unannounced",
    "live_with_customers",
)
FORMS = (TABLETOP, LIVE, UNANNOUNCED, WITH_CUSTOMERS)


class State(StrEnum):
    """Where a run stands."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    REVIEWED = "reviewed"
    CANCELLED = "cancelled"


ON = frozenset({State.RUNNING, State.PAUSED})
# Which states each step may start from; anything else is refused as out of date.
FROM: dict[str, frozenset[State]] = {
    "prepare": frozenset({State.PLANNED}),
    "cast": frozenset({State.PLANNED, State.RUNNING, State.PAUSED}),
    "start": frozenset({State.PLANNED}),
    "pause": frozenset({State.RUNNING}),
    "resume": frozenset({State.PAUSED}),
    "run": ON,
    "end": ON,
    "mark": ON | {State.ENDED},
    "review": frozenset({State.ENDED}),
    # The meeting that finds what is to be mended may come weeks later.
    "act": frozenset({State.ENDED, State.REVIEWED}),
    "cancel": frozenset({State.PLANNED}),
}

# What is ticked before START (the safety rules of the catalogue). A tabletop exercise moves
# nobody; with customers in the hall those who are frail are never made to run.
_ALWAYS = ("stop_word",)
_MOVING = ("centre_told", "alarm_test", "notice_up", "cash_closed", "stop_word")
CHECKS: dict[str, tuple[str, ...]] = {
    TABLETOP: _ALWAYS,
    LIVE: _MOVING,
    UNANNOUNCED: _MOVING,
    WITH_CUSTOMERS: (*_MOVING, "frail_spared"),
}
# What the program sees itself: every role has somebody, and these are people at work here.
AUTOMATIC = ("roles", "people")

REASONS = ("finished", "stopped")
# A plan that was opened, and then nothing happened: what began as a drill has been played.
NEEDLESS = "needless"
CANCEL_REASONS = ("postponed", "busy", "weather", "other")
WEATHER = ("", "clear", "cloudy", "rain", "snow", "hot", "other")
ROOT_CAUSES = ("people", "plan", "equipment", "environment", "training")
STRENGTH, AREA = "strength", "area"
PHOTO_KINDS = ("photo", "sign")

# 银协发〔2009〕51号, model text Art. 3: what a report of a service emergency names.
REAL_FIELDS = (
    "place",
    "time",
    "cause",
    "nature",
    "amount",
    "people",
    "harm",
    "reaction",
    "trend",
    "measures",
)
REAL_LEVELS = ("I", "II", "III")
# Where an incident comes from when it does not come from the people in the hall.
SOURCES = ("", "complaint", "room", "drill", "equipment")


def require(step: str, state: str) -> None:
    """Raise Stale unless ``step`` may be taken from ``state``."""
    if State(state) not in FROM[step]:
        raise Stale("drill_moved_on")


def known(code: str, codes: Collection[str], field: str) -> None:
    """Raise BadInput unless the code is one of the list."""
    if code not in codes:
        raise BadInput("code_unknown", field=field, given=code)


def end_reasons(*, began_real: bool) -> tuple[str, ...]:
    """Why a run may have ended."""
    return (*REASONS, NEEDLESS) if began_real else REASONS


def lacking_roles(needed: Collection[str], cast: Mapping[str, Collection[int]]) -> tuple[str, ...]:
    """The roles that nobody plays. The recorder is needed in every run: he does not play."""
    return tuple(role for role in dict.fromkeys((*needed, RECORDER)) if not cast.get(role))


def is_recorder_apart(cast: Mapping[str, Collection[int]]) -> bool:
    """Whether whoever records does not play."""
    playing = {one for role, people in cast.items() if role != RECORDER for one in people}
    return playing.isdisjoint(cast.get(RECORDER, ()))


def checked_report(fields: Mapping[str, str]) -> None:
    """Raise BadInput for a field that the report does not have."""
    for name in fields:
        known(name, REAL_FIELDS, "fields")


def freezes(form: str) -> bool:
    """Whether calling in the lobby stands still in such a run."""
    return form != TABLETOP
