"""Owns what the deadline line of a case shows: days, marks, pauses, words; must not draw.

Natural days and working days are told apart; where the house's limit would be later than the law's
the words say that the law's holds (以法定期限为准).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from branch.complaints.deadlines import (
    HANDLED_FEEDBACK_WORKDAYS,
    PBC_STAGES,
    RE_REVIEW_LENGTH,
    STAGES,
    Due,
)
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.rules import OPEN, State
from branch.kernel.clock import local_date
from ui.models.complaint_words import state_label
from ui.models.dates import short_day

translate = QCoreApplication.translate
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mark:
    """A day on the line. ``kind`` is limit (in force), other (a limit that is not the first to
    end), later (what it may be prolonged to) or past (a stage that is over)."""

    day: date
    text: str
    kind: str


@dataclass(frozen=True)
class Fact:
    """A due day by its name, how it is counted, whether it is the first to end or has ended."""

    caption: str
    value: str
    note: str = ""
    first: bool = False
    late: bool = False


@dataclass(frozen=True)
class Course:
    """The days from receipt to the last limit; ``pauses`` half-open, within them."""

    begins: date
    here: date
    last: date
    begins_text: str
    here_text: str
    marks: tuple[Mark, ...]
    pauses: tuple[tuple[date, date], ...]
    facts: tuple[Fact, ...]
    sentences: tuple[str, ...]
    overdue: bool
    running: bool

    def share(self, day: date) -> float:
        """Where a day stands between the first (0) and the last (1)."""
        whole = max((self.last - self.begins).days, 1)
        return min(max((day - self.begins).days / whole, 0.0), 1.0)

    def late(self, mark: Mark) -> bool:
        """Whether a limit has passed while the case runs."""
        return self.running and mark.kind != "past" and mark.day < self.here

    def spoken(self) -> str:
        """All of it for a screen reader."""
        facts = (" ".join(filter(None, (f.caption, f.value, f.note))) for f in self.facts)
        return "，".join((self.begins_text, self.here_text, *facts, *self.sentences))


def course_of(detail: CaseDetail, today: date, zone: ZoneInfo) -> Course:
    """The course of a case as it stands on ``today``."""
    line = detail.line
    if line.state == State.RE_REVIEW and detail.reviews:
        return _review_course(detail, today)
    running = line.state in OPEN
    here = today if running else _ended_on(detail, today, zone)
    marks = _marks(detail)
    due = detail.due
    begins = due.begins_on
    pauses = _pauses(detail, begins, here)
    ahead = here + max(1, STAGES[0] - due.used_days) * _DAY if due.paused else here
    last = max((mark.day for mark in marks), default=ahead)
    effective = date.fromisoformat(line.due) if line.due else None
    return Course(
        begins=begins,
        here=max(here, begins),
        last=max(last, ahead, here, begins + _DAY),
        begins_text=_begins_text(detail),
        here_text=_here_text(detail, here, running),
        marks=marks,
        pauses=pauses,
        facts=_facts(detail, here),
        sentences=_sentences(detail),
        overdue=running and effective is not None and effective < today,
        running=running,
    )


def _review_course(detail: CaseDetail, today: date) -> Course:
    review = detail.reviews[-1]
    begins, due = date.fromisoformat(review.applied_on), date.fromisoformat(review.due)
    name = translate("DeadlineCourse", "核查期限")
    limit = _labelled(due, name)
    days = translate("DeadlineCourse", "{n} 个自然日").format(n=RE_REVIEW_LENGTH)
    received = translate("DeadlineCourse", "{day} 收到核查申请").format(day=short_day(begins))
    return Course(
        begins=begins,
        here=today,
        last=max(due, today),
        begins_text=received,
        here_text=_today_text((today - begins).days),
        marks=(Mark(due, limit, "limit"),),
        pauses=(),
        facts=(Fact(name, short_day(due), days, True, due < today), _act_by(detail)),
        sentences=(),
        overdue=due < today,
        running=True,
    )


def _ended_on(detail: CaseDetail, today: date, zone: ZoneInfo) -> date:
    ended = detail.values["notified_at"] or detail.values["closed_at"]
    return local_date(ended, zone) if ended else today


def _begins_text(detail: CaseDetail) -> str:
    begins = short_day(detail.due.begins_on)
    if detail.due.begins_on.isoformat() == detail.line.received_on:
        return translate("DeadlineCourse", "{day} 收到").format(day=begins)
    return translate("DeadlineCourse", "{day} 重新起算").format(day=begins)


def _here_text(detail: CaseDetail, here: date, running: bool) -> str:
    if running:
        if detail.due.paused:
            return translate("DeadlineCourse", "今天 暂停中，已用 {n} 天").format(
                n=detail.due.used_days
            )
        return _today_text(detail.due.used_days)
    return _labelled(here, state_label(detail.line.state))


def _today_text(days: int) -> str:
    if not days:
        return translate("DeadlineCourse", "今天收到")
    return translate("DeadlineCourse", "今天 第 {n} 天").format(n=days)


def _labelled(day: date, name: str) -> str:
    return translate("DeadlineCourse", "{day} {name}").format(day=short_day(day), name=name)


def _marks(detail: CaseDetail) -> tuple[Mark, ...]:
    """Law, house, and the legal stages before and after the one in force."""
    due, is_complaint = detail.due, detail.line.kind == "complaint"
    found: list[Mark] = []
    if is_complaint and due.legal is not None:
        kind = "limit" if due.effective == due.legal else "other"
        name = translate("DeadlineCourse", "答复期限")
        found.append(Mark(due.legal, _labelled(due.legal, name), kind))
        later = [end for end in due.stages if end is not None and end > due.legal]
        found += [Mark(end, "", "past") for end in due.stages if end and end < due.legal]
        if later and detail.line.state in OPEN:
            found.append(Mark(later[0], _later_text(later[0], due), "later"))
    # The house's limit never outlives the law's.
    earlier = due.legal is not None and due.house is not None and due.house < due.legal
    if due.house is not None and (earlier or not is_complaint):
        name = translate("DeadlineCourse", "内部期限")
        found.append(Mark(due.house, _labelled(due.house, name), "limit"))
    return tuple(found)


def _later_text(day: date, due: Due) -> str:
    if day == due.stages[-1]:
        name = translate("DeadlineCourse", "特别复杂可延至")
    else:
        name = translate("DeadlineCourse", "情况复杂可延至")
    return _labelled(day, name)


def _pauses(detail: CaseDetail, begins: date, here: date) -> tuple[tuple[date, date], ...]:
    found = []
    for pause in detail.pauses:
        start = max(date.fromisoformat(pause.start), begins)
        end = date.fromisoformat(pause.end) if pause.end else here + _DAY
        if end > start:
            found.append((start, end))
    return tuple(found)


def _facts(detail: CaseDetail, here: date) -> tuple[Fact, ...]:
    due, line = detail.due, detail.line
    facts: list[Fact] = []
    if line.kind == "complaint" and due.legal is not None:
        first = due.effective == due.legal
        note = _legal_note(detail, due)
        name = translate("DeadlineCourse", "法定期限")
        late = line.state in OPEN and due.legal < here
        facts.append(Fact(name, short_day(due.legal), note, first, late))
    if due.house is not None and not due.paused:
        first = line.kind != "complaint" or (due.legal is not None and due.house < due.legal)
        name = translate("DeadlineCourse", "内部期限")
        late = line.state in OPEN and due.house < here
        facts.append(Fact(name, short_day(due.house), _house_note(detail), first, late))
    if line.act_by and line.state in OPEN and not due.paused:
        facts.append(_act_by(detail))
    stood = _stood(detail, here)
    if stood:
        days = translate("DeadlineCourse", "{n} 天").format(n=stood)
        facts.append(Fact(translate("DeadlineCourse", "暂停不计"), days))
    return tuple(facts)


def _act_by(detail: CaseDetail) -> Fact:
    """Until when it can be seen to; by law, too, where the house's day comes first."""
    line, due, notes = detail.line, detail.due, []
    if line.act_by != line.due:
        notes.append(translate("DeadlineCourse", "到期日不是工作日"))
    is_legal = line.kind == "complaint" and line.state != State.RE_REVIEW
    if is_legal and due.legal_act_by is not None and due.effective != due.legal:
        text = translate("DeadlineCourse", "法定 {day}")
        notes.append(text.format(day=short_day(due.legal_act_by)))
    name = translate("DeadlineCourse", "最晚办理日")
    note = translate("DeadlineCourse", "，").join(notes)
    return Fact(name, short_day(date.fromisoformat(line.act_by)), note)


def _legal_note(detail: CaseDetail, due: Due) -> str:
    stages = PBC_STAGES if detail.line.forwarded == "central_bank" else STAGES
    days = next((n for n, end in zip(stages, due.stages, strict=True) if end == due.legal), 0)
    return translate("DeadlineCourse", "{n} 个自然日").format(n=days) if days else ""


def _house_note(detail: CaseDetail) -> str:
    if detail.due.feedback is not None and detail.due.feedback == detail.due.house:
        text = translate("DeadlineCourse", "决定后 {n} 个工作日内")
        return text.format(n=HANDLED_FEEDBACK_WORKDAYS)
    limit = detail.house.limit_of(detail.line.kind, detail.line.channel)
    text = translate("DeadlineCourse", "{n} 个工作日")
    if not limit.working:
        text = translate("DeadlineCourse", "{n} 个自然日")
    return text.format(n=limit.days)


def _stood(detail: CaseDetail, here: date) -> int:
    """Days up to ``here`` on which the clock stood; overlapping pauses are counted once."""
    return max((here - detail.due.begins_on).days - detail.due.used_days, 0)


def _sentences(detail: CaseDetail) -> tuple[str, ...]:
    due, found = detail.due, []
    if detail.line.kind != "complaint":
        found.append(translate("DeadlineCourse", "不是投诉，不计法定期限"))
    elif due.legal is not None and due.feedback is not None and due.feedback > due.legal:
        # Handbook 001 §6.3.3 may end later than the law's days.
        text = translate(
            "DeadlineCourse", "决定后 {n} 个工作日（{day}）晚于法定期限，以法定期限为准"
        )
        days = {"n": HANDLED_FEEDBACK_WORKDAYS, "day": short_day(due.feedback)}
        found.append(text.format(**days))
    elif due.legal is not None and due.house is not None and due.house > due.legal:
        found.append(translate("DeadlineCourse", "内部期限晚于法定期限，以法定期限为准"))
    if due.paused:
        found.append(translate("DeadlineCourse", "恢复后重新计算到期日，暂停的天数不计"))
    if due.provisional:
        found.append(translate("DeadlineCourse", "该年节假日未维护，日期为暂定"))
    return tuple(found)
