"""A what-if as one question with one answer, so that any process can be asked it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from branch.kernel.errors import Value
from branch.kernel.settings import Settings
from branch.lobby.whatif import Comparison
from branch.lobby.whatif_best import Help, most_helpful
from branch.tools.past_day import WholeDay, day_of_file
from branch.tools.whatif_wanted import Ground, Wanted, changes_of


@dataclass(frozen=True)
class Question:
    """A day, or a day file still to be played on a branch like ``ground``, and the changes.

    With ``suggest`` the changes that would help most on top of these are found as well.
    """

    day: WholeDay | Path
    wanted: Wanted
    ground: Ground
    settings: Settings
    suggest: bool = False


@dataclass(frozen=True)
class Answer:
    """The day, so that it need not be played again, beside itself with the changes."""

    day: WholeDay
    comparison: Comparison
    helps: tuple[Help, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer: the code and values of the error's sentence."""

    code: str
    values: dict[str, Value]


# The share done comes as a float.
Message: TypeAlias = float | Answer | Refusal


def answer(question: Question, progress: Callable[[float], bool]) -> Answer:
    """Play the day where it has to be, and compare.

    Raises BadInput for a file or change that cannot be read, StoreUnavailable where there is no
    room to play, Cancelled when ``progress`` answers no.
    """
    day = question.day
    if isinstance(day, Path):
        day = day_of_file(day, question.ground.plan, question.settings, progress)
    changes = changes_of(question.wanted, day, question.ground)
    helps: tuple[Help, ...] = ()
    if question.suggest:
        groups = question.ground.by_group
        helps = most_helpful(day.record, day.services, day.credits, groups, changes)
    return Answer(day, day.compare(changes), helps)
