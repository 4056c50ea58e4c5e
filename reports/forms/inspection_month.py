"""Owns the month sheet of inspections on A4: how often due, done, late, missed, what fails again,
open actions, equipment past its date; decides nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

from reportlab.platypus.flowables import Flowable

from branch.inspections.queries.papers import MonthSheet
from branch.kernel.clock import from_ms
from branch.quality.queries import Action
from reports.figures import Figures
from reports.forms.inspection_day import inspection_head
from reports.forms.inspection_words import coded, month_name, percent, say
from reports.forms.papers.words import day_text
from reports.forms.tables import boxed, heading, remark, table, title_parts
from reports.letterhead import Origin
from reports.page import About
from reports.sheet import INK_2, Column, Part, Words, sheet_pdf
from reports.signing import SignatureCells

FORM: Final = "TT-I-02"
_COUNTS: Final = (Column(150), *(Column(55, "centre"),) * 6)
_REPEATS: Final = (Column(66), Column(205), Column(40, "centre"), Column(170))
_ACTIONS: Final = (Column(220), Column(65, "centre"), Column(110, "centre"), Column(86, "centre"))
_THINGS: Final = (
    Column(108),
    Column(78),
    Column(90),
    Column(65),
    Column(70, "centre"),
    Column(70, "centre"),
)


def inspection_month_pdf(sheet: MonthSheet, origin: Origin) -> bytes:
    """The month as a PDF. The same sheet and origin give the same bytes."""
    language = origin.language
    about = About(
        inspection_month_name(sheet, language),
        language,
        from_ms(origin.made_at, origin.zone),
        tagged=True,
    )
    head = inspection_head(origin, FORM, sheet.first[:7])
    return sheet_pdf(_Month(sheet, language).parts(), head, about)


def inspection_month_name(sheet: MonthSheet, language: str) -> str:
    """What the file is called, without its suffix."""
    return say("file_month", language, month=sheet.first[:7])


class _Month:
    """A month being written."""

    def __init__(self, sheet: MonthSheet, language: str) -> None:
        self._sheet, self._language = sheet, language

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)

    def _heads(self, *keys: str) -> list[str]:
        return [self._say(f"col_{key}") for key in keys]

    def parts(self) -> list[Flowable]:
        """Figures, the inspections, what fails again, actions, equipment, hands."""
        sheet, language = self._sheet, self._language
        month = month_name(date.fromisoformat(sheet.first), language)
        told = self._say("until_day", day=day_text(sheet.last, language))
        sections: tuple[tuple[str, Part], ...] = (
            ("counts", self._counts()),
            ("repeats", self._repeats()),
            ("actions", self._actions()),
            ("equipment", self._equipment()),
        )
        found: list[Flowable] = [
            *title_parts(self._say("title_month"), say("title_month", "zh"), language),
            Words(self._say("caption").join((month, told)), colour=INK_2, align="centre", below=8),
            Figures(self._figures()),
        ]
        for key, part in sections:
            found += [heading(self._say(f"section_{key}"), part), part]
            if key == "counts":
                found.append(remark(self._say("score_note"), language))
        hands = [self._say(f"day_sign_{key}") for key in ("supervisor", "manager", "date")]
        signing = SignatureCells(hands)
        return [*found, Words("", above=16, keep=signing.height, tag=""), signing]

    def _figures(self) -> list[tuple[str, str, str]]:
        lines = self._sheet.lines
        late = sum(line.late for line in lines)

        def times(count: int) -> str:
            return self._say("times", n=count)

        return [
            (self._say("figure_due"), times(sum(line.due for line in lines)), ""),
            (
                self._say("figure_done"),
                times(sum(line.done for line in lines)),
                self._say("figure_late", n=late) if late else "",
            ),
            (self._say("figure_missed"), times(sum(line.missed for line in lines)), ""),
            (self._say("figure_failed"), str(sum(line.failed for line in lines)), ""),
        ]

    def _counts(self) -> Part:
        heads = self._heads("inspection", "due", "done", "late", "missed", "failed", "score")
        rows = [
            (
                line.name_en if self._language == "en" else line.name_zh,
                str(line.due),
                str(line.done),
                str(line.late),
                str(line.missed),
                str(line.failed),
                percent(line.score, False, self._language),
            )
            for line in self._sheet.lines
        ]
        return table(_COUNTS, heads, rows, self._language)

    def _repeats(self) -> Part:
        if not self._sheet.repeats:
            return boxed([self._say("none_repeats")], self._language)
        rows = [
            (
                f"{one.item}★" if one.critical else one.item,
                one.en if self._language == "en" else one.zh,
                str(len(one.days)),
                self._say("caption").join(day[5:] for day in one.days),
            )
            for one in self._sheet.repeats
        ]
        heads = self._heads("item", "check", "times", "days")
        return table(_REPEATS, heads, rows, self._language)

    def _actions(self) -> Part:
        if not self._sheet.actions:
            return boxed([self._say("none_actions")], self._language)
        rows = [
            (action.text, action.owner_name, self._until(action), self._state(action))
            for action in self._sheet.actions
        ]
        heads = self._heads("action", "owner", "until", "state")
        return table(_ACTIONS, heads, rows, self._language)

    def _until(self, action: Action) -> str:
        late = action.overdue(self._sheet.today)
        return self._say("overdue", day=action.due_on) if late else action.due_on

    def _state(self, action: Action) -> str:
        state = coded("action", action.state, self._language)
        return self._say("raised", state=state) if action.raised else state

    def _equipment(self) -> Part:
        if not self._sheet.equipment:
            return boxed([self._say("none_equipment")], self._language)
        rows = [
            (
                one.name,
                coded("kind", one.kind, self._language),
                one.place,
                one.serial or self._say("dash"),
                one.expires_on,
                coded("expiry", one.expiry, self._language),
            )
            for one in self._sheet.equipment
        ]
        heads = self._heads("thing", "kind", "place", "serial", "expires", "expiry")
        return table(_THINGS, heads, rows, self._language)
