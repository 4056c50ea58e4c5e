"""Owns what was found in a run, on paper: injects, head count, findings with their actions, plan,
hot wash, annexes; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branch.drills.queries.detail import InjectState, Photo, RunDetail, StepState
from branch.drills.queries.plans import PlanVersion
from branch.drills.queries.report import AfterAction, HeadCount
from branch.drills.rules.run import AREA, STRENGTH
from branch.drills.rules.scoring import DONE
from branch.kernel.clock import from_ms
from branch.quality.queries import Action
from reports.forms.drill_words import coded, run_time, say, seconds
from reports.forms.papers.words import day_text
from reports.forms.photos import ROW_HEIGHT, Picture, picture_rows
from reports.forms.tables import boxed, remark, table
from reports.letterhead import Origin
from reports.sheet import Column, Part


class Findings:
    """The parts of one report that say what was found."""

    def __init__(self, report: AfterAction, origin: Origin) -> None:
        self._report, self._run, self._origin = report, report.run, origin
        self._language = origin.language

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)

    def _heads(self, *keys: str) -> list[str]:
        return [self._say(f"col_{key}") for key in keys]

    def injects(self) -> list[Part]:
        """What happened, what was done first, how fast."""
        columns = (Column(50, "centre"), Column(24, "centre"), Column(180), Column(164),
                   Column(63, "right"))  # fmt: skip
        rows = [
            (
                run_time(one.at_ms, self._language)
                if one.state == "released"
                else self._say("inject_skipped"),
                str(one.inject.no),
                one.inject.words.text(self._language),
                _answer(one, self._run, self._language),
                seconds(one.response_ms, self._language),
            )
            for one in self._run.injects
        ]
        heads = self._heads("time", "no", "inject", "answer", "response")
        return [table(columns, heads, rows, self._language)]

    def head_count(self) -> list[Part]:
        """Heads by kind, those who need help among them (NFPA 101, 4.7)."""
        heads = self._report.heads
        if heads is None:
            return [boxed([self._say("heads_nobody")], self._language)]
        columns = (Column(200, label=True), *(Column(94, "centre"),) * 3)
        rows = [
            (self._say(f"heads.{kind}"), str(of), str(found), str(of - found))
            for kind, (found, of) in _kinds(heads)
        ]
        found: list[Part] = [
            table(columns, self._heads("people", "expected", "found", "open"), rows, self._language)
        ]
        if heads.missing:
            found.append(remark(self._say("heads_note", n=heads.missing), self._language))
        return found

    def strengths(self) -> list[Part]:
        """What went well."""
        said = [
            self._finding(one.text, one.step)
            for one in self._run.observations
            if one.kind == STRENGTH
        ]
        return [boxed(said or [self._say("none")], self._language)]

    def areas(self) -> list[Part]:
        """What is to be mended, its root cause, and what was decided; actions without a finding
        last."""
        actions = {action.id: action for action in self._run.actions}
        rows: list[list[str]] = []
        for one in self._run.observations:
            if one.kind == AREA:
                action = actions.pop(one.action, None) if one.action is not None else None
                rows.append(self._area(self._finding(one.text, one.step), one.cause, action))
        rows += [self._area(self._say("dash"), one.cause, one) for one in actions.values()]
        if not rows:
            return [boxed([self._say("none")], self._language)]
        columns = (Column(27, "centre"), Column(122), Column(52, "centre"), Column(122),
                   Column(48, "centre"), Column(60, "centre"), Column(50, "centre"))  # fmt: skip
        heads = self._heads("no", "finding", "cause", "action", "owner", "due", "state")
        numbered = [[str(at), *row] for at, row in enumerate(rows, 1)]
        return [table(columns, heads, numbered, self._language)]

    def _area(self, finding: str, cause: str, action: Action | None) -> list[str]:
        dash = self._say("dash")
        if action is None:
            return [finding, coded("cause", cause, self._language), dash, dash, dash, dash]
        return [
            finding,
            coded("cause", cause or action.cause, self._language),
            action.text,
            action.owner_name,
            self._day(action.due_on),
            coded("state", action.state, self._language),
        ]

    def _finding(self, text: str, step: int | None) -> str:
        return text if step is None else self._say("finding_step", text=text, no=step)

    def plan_changes(self) -> list[Part]:
        """The versions of the plan that answer an action of this run."""
        actions = {action.id: action.text for action in self._run.actions}
        columns = (Column(62, "centre"), Column(170), Column(149), Column(100))
        rows = [
            (
                self._say("version", n=version.version),
                version.changes or version.title.text(self._language),
                actions[version.because_action] if version.because_action else "",
                self._approved(version),
            )
            for version in self._report.plan_changes
        ]
        heads = self._heads("version", "changes", "because", "approved")
        return [table(columns, heads, rows, self._language)]

    def _approved(self, version: PlanVersion) -> str:
        if version.approved_at is None:
            return self._say("not_approved")
        day = from_ms(version.approved_at, self._origin.zone).date().isoformat()
        return self._say("approved", name=version.approved_by, day=self._day(day))

    def hot_wash(self) -> list[Part]:
        """The scenario's questions with what was answered on the spot."""
        wash = self._run.hot_wash
        assert wash is not None  # shown only where there was one
        questions = [words.text(self._language) for words in self._run.scenario.questions]
        rows = list(zip(questions, (one or self._say("dash") for one in wash.answers), strict=True))
        if wash.notes:
            rows.append((self._say("wash_notes"), wash.notes))
        columns = (Column(190), Column(291))
        return [table(columns, self._heads("question", "said"), rows, self._language)]

    def people(self) -> list[Part]:
        """Who took part in which role, with room to sign; nothing where nobody was named."""
        columns = (Column(27, "centre"), Column(150), Column(130), Column(174))
        named = [(one.role, person.name) for one in self._run.cast for person in one.people]
        if not named:
            return []
        rows = [
            (str(at), coded("role", role, self._language), name, "")
            for at, (role, name) in enumerate(named, 1)
        ]
        heads = self._heads("no", "role", "name", "signature")
        return [table(columns, heads, rows, self._language)]

    def notes(self) -> list[Part]:
        """What was noted with a mark: when, by whom, which number."""
        columns = (Column(40, "centre"), Column(70, "centre"), Column(70, "centre"), Column(301))
        rows = [
            (
                str(state.step.no),
                run_time(state.mark.at_ms, self._language),
                state.mark.by,
                self._noted(state),
            )
            for state in self._run.steps
            if state.mark is not None and (state.mark.note or state.mark.number is not None)
        ]
        if not rows:
            return []
        return [table(columns, self._heads("no", "time", "by", "note"), rows, self._language)]

    def _noted(self, state: StepState) -> str:
        assert state.mark is not None  # its caller chose
        number = state.mark.number
        counted = "" if number is None else self._say("mark_number", n=number)
        return self._say("sentence").join(filter(None, (state.mark.note, counted)))

    def photos(self, pictures: Mapping[int, bytes]) -> list[Part]:
        """The photos and the signatures on the screen, six on a page."""
        shown = [
            Picture(pictures.get(photo.id), self._caption(at, photo), self._say("photo_lost"))
            for at, photo in enumerate(self._run.photos, 1)
        ]
        return [*picture_rows(shown, ROW_HEIGHT, self._language)]

    def _caption(self, number: int, photo: Photo) -> str:
        key = "photo_sign" if photo.kind == "sign" else "photo"
        parts = [self._say(key, n=number)]
        if photo.step is not None:
            parts.append(self._say("photo_step", no=photo.step))
        if photo.at_ms is not None:
            parts.append(run_time(photo.at_ms, self._language))
        return self._say("caption").join(filter(None, (*parts, photo.by)))

    def _day(self, day: str) -> str:
        """A day of the run's own year is told without it: 11月27日, 27 November."""
        course = self._run.course
        assert course is not None  # a run with a report has begun
        year = from_ms(course.started_at, self._origin.zone).year
        read = date.fromisoformat(day)
        return (
            short_day(read, self._language) if read.year == year else day_text(day, self._language)
        )


def short_day(day: date, language: str) -> str:
    """A day without its year."""
    return say("short_day", language, month=say("months", language).split()[day.month - 1],
               day=day.day)  # fmt: skip


def _answer(one: InjectState, run: RunDetail, language: str) -> str:
    """The step that answered first; what happens at START is answered from there too."""
    if one.response_ms is None or one.at_ms is None:
        return say("dash", language)
    at = one.at_ms + one.response_ms
    return next(
        (
            state.step.words.text(language)
            for state in run.steps
            if state.mark is not None
            and (state.mark.result, state.mark.at_ms) == (DONE, at)
            and state.step.inject in (one.inject.no, None)
        ),
        say("dash", language),
    )


def _kinds(heads: HeadCount) -> list[tuple[str, tuple[int, int]]]:
    found = [
        ("staff", heads.staff),
        ("visitors", heads.visitors),
        ("customers", heads.customers),
    ]
    if heads.unlisted:
        found.append(("unlisted", (heads.unlisted, heads.unlisted)))
    return [*found, ("all", heads.all), ("needs_help", heads.needs_help)]
