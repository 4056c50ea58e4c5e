"""A scenario as a value, and whether it can stand; pure: reads and keeps none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from branch.kernel.errors import BadInput
from branch.people.rules import checked_name, readable

Item = TypeVar("Item")

# Who does what in an emergency; the recorder watches and does not play.
ROLES = ("CMD", "SUP", "LOB", "TEL", "SEC", "RM", "REC")
RECORDER = "REC"
EVIDENCE = ("tick", "time", "photo", "count", "text", "sign", "call")
# 银协发〔2009〕51号: three levels of service emergencies; empty for plans outside it.
LEVELS = ("", "I", "II", "III")
START = "T0"

LONGEST = 300
MOST_STEPS, MOST_INJECTS, MOST_LINES = 40, 12, 12
MOST_SECONDS = 4 * 3_600
FREQUENCY_DAYS = (7, 1_095)
PLANNED_MINUTES = (5, 240)

_CODE = re.compile(r"[A-Z]{2,6}-[0-9]{2}")
_ANCHOR = re.compile(r"I[1-9][0-9]?")


@dataclass(frozen=True)
class Words:
    """The same in both languages."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """In ``language`` ("zh" or "en"); Chinese where English is missing."""
        return self.en if language == "en" and self.en else self.zh


@dataclass(frozen=True)
class Step:
    """Something a role has to do within ``target_s`` seconds of its anchor.

    The anchor is ``T0``, the START, or ``I2``, the release of the second inject.
    """

    no: int
    role: str
    anchor: str
    target_s: int
    critical: bool
    evidence: str
    words: Words
    success: Words

    @property
    def inject(self) -> int | None:
        """The number of the inject it waits for; None from the start on."""
        return None if self.anchor == START else int(self.anchor[1:])


@dataclass(frozen=True)
class Inject:
    """What the conductor lets happen, planned so many seconds after START."""

    no: int
    planned_at_s: int
    words: Words


@dataclass(frozen=True)
class Scenario:
    """An emergency to be drilled. ``basis`` says which rules ask for it."""

    code: str
    name: Words
    level: str
    frequency_days: int
    planned_minutes: int
    basis: tuple[Words, ...]
    objectives: tuple[Words, ...]
    injects: tuple[Inject, ...]
    steps: tuple[Step, ...]
    never: tuple[Words, ...]
    variants: tuple[Words, ...]
    questions: tuple[Words, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that have something to do, in the order of ``ROLES``."""
        busy = {step.role for step in self.steps}
        return tuple(role for role in ROLES if role in busy)

    def step(self, no: int) -> Step:
        """The step of this number; raises BadInput."""
        for step in self.steps:
            if step.no == no:
                return step
        raise BadInput("drill_step_unknown", field="step")

    def inject(self, no: int) -> Inject:
        """The inject of this number; raises BadInput."""
        for inject in self.injects:
            if inject.no == no:
                return inject
        raise BadInput("drill_inject_unknown", field="no")


def checked_scenario(scenario: Scenario) -> Scenario:
    """A scenario as it is kept, its texts tidied.

    Raises BadInput whose ``field`` leads to the place: ``steps.3.target_s``.
    """
    if not _CODE.fullmatch(scenario.code):
        raise BadInput("scenario_code", field="code")
    _one_of(scenario.level, LEVELS, "level")
    _within(scenario.frequency_days, FREQUENCY_DAYS, "frequency_days")
    _within(scenario.planned_minutes, PLANNED_MINUTES, "planned_minutes")
    injects = tuple(_inject(inject) for inject in _few(scenario.injects, "injects", MOST_INJECTS))
    steps = _few(scenario.steps, "steps", MOST_STEPS)
    if not steps:
        raise BadInput("scenario_no_steps", field="steps")
    _count_up((inject.no for inject in injects), "injects")
    _count_up((step.no for step in steps), "steps")
    known = {START, *(f"I{inject.no}" for inject in injects)}
    return replace(
        scenario,
        name=_words(scenario.name, "name", 60),
        basis=_lines(scenario.basis, "basis"),
        objectives=_lines(scenario.objectives, "objectives"),
        injects=injects,
        steps=tuple(_step(step, known) for step in steps),
        never=_lines(scenario.never, "never"),
        variants=_lines(scenario.variants, "variants"),
        questions=_lines(scenario.questions, "questions"),
    )


def _step(step: Step, anchors: Collection[str]) -> Step:
    at = f"steps.{step.no}"
    _one_of(step.role, ROLES, f"{at}.role")
    _one_of(step.evidence, EVIDENCE, f"{at}.evidence")
    _within(step.target_s, (1, MOST_SECONDS), f"{at}.target_s")
    if step.anchor != START and not _ANCHOR.fullmatch(step.anchor):
        raise BadInput("scenario_anchor", field=f"{at}.anchor")
    if step.anchor not in anchors:
        raise BadInput("scenario_anchor_unknown", field=f"{at}.anchor", anchor=step.anchor)
    return replace(
        step,
        words=_words(step.words, f"{at}.words"),
        success=_words(step.success, f"{at}.success"),
    )


def _inject(inject: Inject) -> Inject:
    at = f"injects.{inject.no}"
    _within(inject.planned_at_s, (0, MOST_SECONDS), f"{at}.planned_at_s")
    return replace(inject, words=_words(inject.words, f"{at}.words"))


def _lines(lines: tuple[Words, ...], field: str) -> tuple[Words, ...]:
    few = _few(lines, field, MOST_LINES)
    return tuple(_words(words, f"{field}.{at}") for at, words in enumerate(few, 1))


def _words(words: Words, field: str, longest: int = LONGEST) -> Words:
    english = readable(" ".join(words.en.split()))
    if len(english) > longest * 2:
        raise BadInput(
            "field_too_long", field=f"{field}.en", longest=longest * 2, length=len(english)
        )
    return Words(checked_name(words.zh, f"{field}.zh", longest), english)


def _few(items: tuple[Item, ...], field: str, most: int) -> tuple[Item, ...]:
    if len(items) > most:
        raise BadInput("scenario_too_many", field=field, most=most)
    return items


def _count_up(numbers: Iterable[int], field: str) -> None:
    for wanted, number in enumerate(numbers, 1):
        if number != wanted:
            raise BadInput("scenario_numbers", field=f"{field}.{wanted}.no", wanted=wanted)


def _one_of(code: str, codes: Collection[str], field: str) -> None:
    if code not in codes:
        raise BadInput("code_unknown", field=field, given=code)


def _within(number: int, span: tuple[int, int], field: str) -> None:
    if not span[0] <= number <= span[1]:
        raise BadInput("setting_range", field=field, least=span[0], most=span[1])
