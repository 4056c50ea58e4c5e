"""Model answers: added, changed, retired, brought back, and counted when somebody takes one."""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.case import checked_text
from branch.complaints.codes import REASONS
from branch.complaints.description import known
from branch.complaints.queries.answers import ModelAnswer, model_answer, model_answers
from branch.complaints.records import AnswerRow
from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.rules import checked_name

_LONGEST_TITLE = 40
_LONGEST = 1_200


@dataclass(frozen=True)
class Wording:
    """What a model answer says, in both languages."""

    title: str
    title_en: str
    zh: str
    en: str

    def __repr__(self) -> str:
        return "Wording()"


@dataclass(frozen=True)
class AddAnswer:
    """A new model answer to a reason of complaint; returns its code."""

    reason: str
    wording: Wording


@dataclass(frozen=True)
class ChangeAnswer:
    """Other words for a model answer; of a shipped one the branch's own are kept from now on."""

    answer: str
    wording: Wording


@dataclass(frozen=True)
class RetireAnswer:
    """Not to be offered any more; ``back`` offers it again."""

    answer: str
    back: bool = False


@dataclass(frozen=True)
class CountUse:
    """Somebody took the words of a model answer."""

    answer: str


_KEEP = Prepared(
    lambda code, reason, title, title_en, zh, en, active, used, rev: AnswerRow.insert(
        {
            AnswerRow.code: code,
            AnswerRow.reason: reason,
            AnswerRow.title: title,
            AnswerRow.title_en: title_en,
            AnswerRow.zh: zh,
            AnswerRow.en: en,
            AnswerRow.active: active,
            AnswerRow.used: used,
            AnswerRow.rev: rev,
        }
    ).on_conflict(
        conflict_target=[AnswerRow.code],
        update={
            AnswerRow.title: title,
            AnswerRow.title_en: title_en,
            AnswerRow.zh: zh,
            AnswerRow.en: en,
            AnswerRow.active: active,
            AnswerRow.used: used,
            AnswerRow.rev: rev,
        },
    )
)


def add_answer(work: Work, command: AddAnswer) -> str:
    """Add; raises BadInput for what is empty or too long, or a title that is there already."""
    known(command.reason, REASONS, "reason")
    code = f"own-{work.revision}"
    answer = _worded(work, ModelAnswer(code, command.reason, "", "", "", ""), command.wording)
    _keep(work, answer)
    work.record("answer.added", code, reason=command.reason)
    return code


def change_answer(work: Work, command: ChangeAnswer) -> None:
    """Change the words; what was inserted into complaints before stays as it was."""
    before = _found(work, command.answer)
    _keep(work, _worded(work, before, command.wording))
    work.record("answer.changed", before.code, reason=before.reason)


def retire_answer(work: Work, command: RetireAnswer) -> None:
    """Retire or bring back; raises Stale when that was done already."""
    before = _found(work, command.answer)
    if before.active is command.back:
        raise Stale("answer_moved_on")
    _keep(work, before, active=command.back)
    work.record("answer.brought_back" if command.back else "answer.retired", before.code)


def count_use(work: Work, command: CountUse) -> None:
    """Count one more use; raises Stale for one that is not offered any more."""
    before = _found(work, command.answer)
    if not before.active:
        raise Stale("answer_moved_on")
    _keep(work, before, used=before.used + 1)
    work.record("answer.used", before.code)


def _found(work: Work, code: str) -> ModelAnswer:
    answer = model_answer(work.store, code)
    if answer is None:
        raise NotFound("answer_unknown")
    return answer


def _worded(work: Work, before: ModelAnswer, wording: Wording) -> ModelAnswer:
    title = checked_name(wording.title, "title", _LONGEST_TITLE)
    title_en = checked_name(wording.title_en, "title_en", 2 * _LONGEST_TITLE)
    same = (
        one
        for one in model_answers(work.store)
        if one.reason == before.reason and one.code != before.code and one.active
    )
    if any(one.title == title for one in same):
        raise BadInput("answer_title_taken", field="title")
    return ModelAnswer(
        before.code,
        before.reason,
        title,
        title_en,
        checked_text(wording.zh, "zh", needed=True, longest=_LONGEST),
        checked_text(wording.en, "en", needed=True, longest=3 * _LONGEST),
        before.active,
        before.used,
        own=True,
    )


def _keep(
    work: Work, answer: ModelAnswer, *, active: bool | None = None, used: int | None = None
) -> None:
    # The words of a shipped one stay empty, so that a newer program's better ones are shown.
    words = (answer.title, answer.title_en, answer.zh, answer.en) if answer.own else ("",) * 4
    title, title_en, zh, en = words
    _KEEP.run(
        work.store,
        code=answer.code,
        reason=answer.reason,
        title=title,
        title_en=title_en,
        zh=zh,
        en=en,
        active=answer.active if active is None else active,
        used=answer.used if used is None else used,
        rev=work.revision,
    )


HANDLERS: dict[type, Handler] = {
    AddAnswer: Handler(add_answer),
    ChangeAnswer: Handler(change_answer),
    RetireAnswer: Handler(retire_answer),
    CountUse: Handler(count_use),
}
