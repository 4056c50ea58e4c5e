"""Model answers by reason, as shipped and as the branch made them its own; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from branch.catalogue.founding import shipped
from branch.complaints.codes import REASONS
from branch.complaints.records import AnswerRow
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.visitors.rules import fold

# What somebody fills in before an answer goes out stands between these: 〔日期〕.
OPENING, CLOSING = "〔", "〕"


@dataclass(frozen=True)
class ModelAnswer:
    """A model answer. ``own`` says that the branch wrote it or changed its words."""

    code: str
    reason: str
    title: str
    title_en: str
    zh: str
    en: str
    active: bool = True
    used: int = 0
    own: bool = False


_ROWS = Prepared(
    lambda: AnswerRow.select(
        AnswerRow.code,
        AnswerRow.reason,
        AnswerRow.title,
        AnswerRow.title_en,
        AnswerRow.zh,
        AnswerRow.en,
        AnswerRow.active,
        AnswerRow.used,
    )
)


@cache
def shipped_answers() -> dict[str, ModelAnswer]:
    """The answers that come with the program, by code."""
    raw: dict[str, list[dict[str, Any]]] = shipped("catalogue/answers.yaml")
    answers = (
        ModelAnswer(
            f"{reason}-{number}", reason, **{key: text.strip() for key, text in one.items()}
        )
        for reason, listed in raw.items()
        for number, one in enumerate(listed, 1)
    )
    return {answer.code: answer for answer in answers}


def model_answers(store: Store) -> tuple[ModelAnswer, ...]:
    """Every model answer: by reason, those in use before retired ones, the most used first."""
    answers = dict(shipped_answers())
    for code, reason, title, title_en, zh, en, active, used in _ROWS.all(store):
        if zh:
            answers[code] = ModelAnswer(
                code, reason, title, title_en, zh, en, bool(active), used, own=True
            )
        elif code in answers:
            answers[code] = replace(answers[code], active=bool(active), used=used)
    return tuple(
        sorted(
            answers.values(),
            key=lambda one: (REASONS.index(one.reason), not one.active, -one.used, one.title),
        )
    )


def model_answer(store: Store, code: str) -> ModelAnswer | None:
    """One model answer, or None."""
    return next((answer for answer in model_answers(store) if answer.code == code), None)


def answers_for(answers: Iterable[ModelAnswer], reason: str, text: str) -> tuple[ModelAnswer, ...]:
    """Those of a reason (empty: of all) whose title or words hold every word of ``text``."""
    wanted = [fold(word) for word in text.split()]
    return tuple(
        answer
        for answer in answers
        if reason in ("", answer.reason)
        and all(
            any(
                word in fold(part) for part in (answer.title, answer.title_en, answer.zh, answer.en)
            )
            for word in wanted
        )
    )
