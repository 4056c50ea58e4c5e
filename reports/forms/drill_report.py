"""Owns the after-action report of a drill or an incident on A4: its head, its order, figures, grade
and hands; counts nothing and hides no faces itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from reportlab.platypus.flowables import Flowable

from branch.drills.queries.report import AfterAction
from branch.drills.rules.run import REAL_FIELDS
from branch.drills.rules.scoring import GRADES
from branch.kernel.clock import from_ms
from reports.figures import Figures
from reports.forms.drill_findings import Findings
from reports.forms.drill_times import Timeline, result_text, steps_table
from reports.forms.drill_words import coded, run_time, say, seconds
from reports.forms.papers.cells import Cell, boxes, text
from reports.forms.papers.grid import FormGrid, Row, Stack
from reports.forms.papers.letter import RING, Ring
from reports.forms.papers.words import day_text, moment_text
from reports.forms.tables import facts, hand_row, heading, remark, title_parts
from reports.letterhead import Origin
from reports.page import About
from reports.sheet import WIDTH, Letterhead, NewPage, Part, Words, sheet_pdf

FORM: Final = "TT-D-03"
_RING_CELL: Final = RING + 16
_HAND: Final = 41.0
_GAP: Final = 10.0


def drill_report_pdf(
    report: AfterAction, origin: Origin, pictures: Mapping[int, bytes] | None = None
) -> bytes:
    """The report as a PDF; ``pictures`` are the bytes of its photos by their ids.

    The same report, pictures and origin give the same bytes. A photo that is not given, or cannot
    be read, leaves its frame with a sentence.
    """
    paper = _Report(report, origin)
    number, made_at = report.run.line.number, from_ms(origin.made_at, origin.zone)
    about = About(paper.file_name(), origin.language, made_at, keywords=number, tagged=True)
    return sheet_pdf(paper.parts(pictures or {}), paper.letterhead(), about)


def drill_report_name(report: AfterAction, language: str) -> str:
    """What the file is called, without its suffix."""
    return say("file", language, title=_title(report, language), number=report.run.line.number)


def _title(report: AfterAction, language: str) -> str:
    return say("title_real" if report.run.line.is_real else "title_drill", language)


class _Report:
    """A report being written."""

    def __init__(self, report: AfterAction, origin: Origin) -> None:
        assert report.run.course is not None  # a run with a report has begun
        self._report, self._run, self._origin = report, report.run, origin
        self._language, self._course = origin.language, report.run.course
        self._real = report.run.line.is_real

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)

    def file_name(self) -> str:
        """The document's title."""
        return drill_report_name(self._report, self._language)

    def letterhead(self) -> Letterhead:
        """Form and number at the right beside the code, the edition at the foot."""
        number = self._run.line.number
        made = f"{from_ms(self._origin.made_at, self._origin.zone):%Y-%m-%d %H:%M}"
        return replace(
            self._origin.letterhead(self._say("edition", form=FORM)),
            right=(self._say("form_no", form=FORM), number, self._say("made", time=made)),
            code=f"TT:{FORM}:{number}",
            note=self._say("filing"),
        )

    def parts(self, pictures: Mapping[int, bytes]) -> list[Flowable]:
        """Everything, to flow over pages; what has nothing to say has no number either."""
        run, found = self._run, Findings(self._report, self._origin)
        results = [self._result(at) for at in range(len(run.steps))]
        sections: list[tuple[str, list[Part]]] = []
        if self._real:
            sections.append(("report", self._incident()))
        steps: list[Part] = [
            steps_table(run.steps, self._elapsed, self._language, is_real=self._real),
            remark(self._say("steps_note"), self._language),
        ]
        timeline: list[Part] = [
            Timeline(run.steps, run.injects, results, self._language),
            remark(self._say("timeline_note"), self._language),
        ]
        sections += [("steps", steps), ("timeline", timeline)]
        if not self._real:
            sections.append(("injects", found.injects()))
        sections += [
            ("heads", found.head_count()),
            ("strengths", found.strengths()),
            ("areas", found.areas()),
        ]
        if self._report.plan_changes:
            sections.append(("plan", found.plan_changes()))
        if run.hot_wash is not None:
            sections.append(("wash", found.hot_wash()))
        if not self._real:
            sections.append(("grade", self._grade()))
        sections.append(("signing", [self._hands()]))
        return [*self._opening(), *self._numbered(sections), *self._annexes(found, pictures)]

    @property
    def _elapsed(self) -> int:
        return self._report.figures.elapsed_ms

    def _result(self, at: int) -> str:
        return result_text(self._run.steps[at], self._elapsed, self._language, is_real=self._real)

    # -- the first page -------------------------------------------------------------------------

    def _opening(self) -> list[Flowable]:
        found = [
            *title_parts(_title(self._report, self._language), _title(self._report, "zh"),
                         self._language),
            facts(self._facts(), self._language),
        ]  # fmt: skip
        return [*found, Words("", above=_GAP, tag=""), Figures(self._figures())]

    def _facts(self) -> list[tuple[str, str]]:
        run, suffix = self._run, "_real" if self._real else ""
        between = self._say("between")
        cast = {one.role: between.join(p.name for p in one.people) for one in run.cast}
        dash = self._say("dash")
        found = [
            (f"fact_scenario{suffix}", run.line.name.text(self._language)),
            (f"fact_number{suffix}", run.line.number),
            ("fact_time", self._time()),
            ("fact_place", run.place or self._origin.branch.name.text(self._language)),
            ("fact_commander", cast.get("CMD") or run.line.conductor or dash),
            ("fact_observer", cast.get("REC") or dash),
        ]
        if self._real:
            level = self._say("level", level=run.line.level) if run.line.level else dash
            found.append(("fact_level", level))
        else:
            found += [
                ("fact_form", coded("form", run.line.form, self._language)),
                ("fact_weather", coded("weather", run.weather, self._language)),
                ("fact_pause", self._pauses()),
            ]
        found.append(("fact_plan", self._plan()))
        if run.variant is not None:
            found.append(("fact_variant", run.scenario.variants[run.variant].text(self._language)))
        sentence = self._say("sentence")
        for key, lines in (("objectives", run.scenario.objectives), ("basis", run.scenario.basis)):
            if lines:
                said = sentence.join(words.text(self._language) for words in lines)
                found.append((f"fact_{key}", said))
        course = self._said_of_course()
        if course:
            found.append(("fact_course", course))
        found.append(("fact_reviewed", self._reviewed()))
        return [(self._say(key), value) for key, value in found]

    def _time(self) -> str:
        zone, began = self._origin.zone, self._course.started_at
        ended = began + (self._course.ended_ms or 0)
        first = moment_text(began, self._language, zone)
        same = from_ms(began, zone).date() == from_ms(ended, zone).date()
        last = f"{from_ms(ended, zone):%H:%M}" if same else moment_text(ended, self._language, zone)
        return self._say("span", first=first, last=last)

    def _plan(self) -> str:
        run = self._run
        if not run.plan_version:
            return self._say("plan_none", script=run.version)
        status = self._say(f"plan_{run.plan_status}")
        return self._say("plan_version", n=run.plan_version, status=status, script=run.version)

    def _pauses(self) -> str:
        count = len(self._course.pauses)
        if not count:
            return self._say("pauses_none")
        paused = (self._course.ended_ms or 0) - self._elapsed
        return self._say("pauses", n=count, time=run_time(paused, self._language))

    def _said_of_course(self) -> str:
        if self._run.turned_ms is not None:
            return self._say("turned", time=run_time(self._run.turned_ms, self._language))
        return self._say("stopped") if self._run.reason == "stopped" else ""

    def _reviewed(self) -> str:
        if self._run.reviewed_at is None:
            return self._say("not_reviewed")
        day = from_ms(self._run.reviewed_at, self._origin.zone).date().isoformat()
        return self._say("reviewed", name=self._run.reviewed_by, time=day_text(day, self._language))

    def _figures(self) -> list[tuple[str, str, str]]:
        figures, language = self._report.figures, self._language
        whole = "figure_whole_real" if self._real else "figure_whole"
        taken = figures.elapsed_ms if figures.last_ms is None else figures.last_ms
        found = [
            (
                self._say("figure_time"),
                run_time(taken, language),
                self._say(
                    whole,
                    time=run_time(figures.elapsed_ms, language),
                    n=figures.planned_minutes,
                ),
            ),
            (self._say("figure_heads"), *self._heads()),
            (
                self._say("figure_steps"),
                self._say("heads_of", n=figures.in_time, m=figures.applicable),
                self._steps_told(),
            ),
        ]
        if self._real:
            return found
        answered = self._say("responses", n=figures.responses)
        return [
            *found,
            (
                self._say("figure_response"),
                seconds(figures.response_ms, language),
                answered if figures.responses else self._say("responses_none"),
            ),
        ]

    def _heads(self) -> tuple[str, str]:
        heads = self._report.heads
        if heads is None:
            return self._say("dash"), self._say("heads_none")
        found, of = heads.all
        told = self._say("heads_all")
        if heads.missing:
            told = self._say("heads_missing", n=heads.missing)
        elif found < of:
            told = self._say("heads_open", n=of - found)
        return self._say("heads_of", n=found, m=of), told

    def _steps_told(self) -> str:
        figures = self._report.figures
        counts = (
            ("steps_late", figures.late),
            ("steps_wrong", figures.wrong),
            ("steps_missed", figures.missed),
        )
        told = [self._say(key, n=count) for key, count in counts if count]
        return self._say("caption").join(told) or self._say("steps_all")

    # -- what follows ---------------------------------------------------------------------------

    def _numbered(self, sections: list[tuple[str, list[Part]]]) -> list[Flowable]:
        numerals = self._say("numerals").split()
        found: list[Flowable] = []
        for numeral, (key, parts) in zip(numerals, sections, strict=False):
            title = self._say("numbered", n=numeral, title=self._say(f"section_{key}"))
            found += [heading(title, parts[0]), *parts]
        return found

    def _incident(self) -> list[Part]:
        told = self._run.report
        dash = self._say("dash")
        pairs = [(self._say(f"report.{key}"), told.get(key) or dash) for key in REAL_FIELDS]
        return [
            facts(pairs, self._language),
            remark(self._say("report_basis"), self._language),
        ]

    def _grade(self) -> list[Part]:
        score = self._report.score
        ticks = [
            (coded("grade", name, self._language), name == score.grade) for name, _least in GRADES
        ]
        if score.points is None:
            told = self._say("score_none")
        else:
            told = self._say("score", points=f"{score.points:.1f}")
        if score.capped_by:
            steps = self._say("between").join(str(step) for step in score.capped_by)
            cap = self._say("capped", steps=steps, uncapped=f"{score.uncapped:.1f}")
        else:
            cap = self._say("not_capped") if score.points is not None else ""
        rows = [Row(((WIDTH * 0.7, boxes(ticks, WIDTH * 0.7)),
                     (WIDTH * 0.3, text(told, WIDTH * 0.3))))]  # fmt: skip
        if cap:
            rows.append(Row(((WIDTH, text(cap, WIDTH)),)))
        return [FormGrid(rows)]

    def _hands(self) -> FormGrid:
        left = WIDTH - _RING_CELL
        names = [self._say(f"sign_{key}") for key in ("commander", "observer", "manager")]
        rows = hand_row(names, left, self._say("sign_date"), _HAND)
        cells: list[tuple[float, Cell]] = [
            (left, Stack(tuple(rows))),
            (_RING_CELL, Ring(self._say("seal"))),
        ]
        return FormGrid([Row(tuple(cells))])

    def _annexes(self, found: Findings, pictures: Mapping[int, bytes]) -> list[Flowable]:
        parts: list[Flowable] = []
        annexes = [("people", found.people()), ("marks", found.notes())]
        numerals = self._say("numerals").split()
        annexes.append(("photos", found.photos(pictures)))
        told = [(key, flow) for key, flow in annexes if flow]
        for numeral, (key, flow) in zip(numerals, told, strict=False):
            title = self._say("annex", n=numeral, title=self._say(f"annex_{key}"))
            if key in ("people", "photos"):
                parts.append(NewPage())
            parts += [heading(title, flow[0]), *flow]
        return parts
