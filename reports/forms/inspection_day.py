"""Owns the day sheet of inspections on A4: what was to be done, each sheet with its items, small
photos and signatures; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from reportlab.platypus.flowables import Flowable

from branch.inspections.answers import FAIL
from branch.inspections.queries.papers import DaySheet
from branch.inspections.queries.sheets import DayLine, SheetView
from branch.inspections.rules import Item
from branch.inspections.sheets import Given
from branch.kernel.clock import from_ms
from branch.quality.queries import Action
from reports.figures import Figures
from reports.forms.inspection_words import (
    answer_text,
    coded,
    line_name,
    percent,
    roles_text,
    say,
    sheet_name,
    window,
)
from reports.forms.papers.cells import Blank, Cell, label, text
from reports.forms.papers.grid import FormGrid, Row
from reports.forms.papers.layout import spelled
from reports.forms.papers.words import day_text
from reports.forms.photos import SMALL_ROW_HEIGHT, Picture, picture_rows
from reports.forms.tables import (
    BOLD,
    cell,
    facts,
    fitted,
    head_row,
    heading,
    remark,
    table,
    title_parts,
)
from reports.letterhead import Origin
from reports.page import About
from reports.sheet import BODY, INK_2, WIDTH, Column, Letterhead, Part, Words, sheet_pdf
from reports.signing import SignatureCells

FORM: Final = "TT-I-01"
_GAP: Final = 10.0
_STATES: Final = ("open", "signing")
_OVERVIEW: Final = (
    Column(142),
    Column(76, "centre"),
    Column(76, "centre"),
    Column(84, "centre"),
    Column(46, "centre"),
    Column(57, "centre"),
)
_ITEMS: Final = (Column(66), Column(190), Column(75, "centre"), Column(150))
_SIGN: Final = 150.0


def inspection_day_pdf(
    sheet: DaySheet, origin: Origin, pictures: Mapping[tuple[int, str], bytes] | None = None
) -> bytes:
    """The day as a PDF; ``pictures`` are the bytes of its photos by sheet and item.

    The same sheet, pictures and origin give the same bytes. A photo that is not given, or cannot
    be read, leaves its frame with a sentence.
    """
    language = origin.language
    about = About(
        inspection_day_name(sheet, language),
        language,
        from_ms(origin.made_at, origin.zone),
        tagged=True,
    )
    parts = _Day(sheet, origin, pictures or {}).parts()
    return sheet_pdf(parts, inspection_head(origin, FORM, sheet.day), about)


def inspection_day_name(sheet: DaySheet, language: str) -> str:
    """What the file is called, without its suffix."""
    return say("file_day", language, day=sheet.day)


def inspection_head(origin: Origin, form: str, what: str) -> Letterhead:
    """Form and day or month at the right, the edition at the foot."""
    language = origin.language
    made = f"{from_ms(origin.made_at, origin.zone):%Y-%m-%d %H:%M}"
    return replace(
        origin.letterhead(say("edition", language, form=form)),
        right=(say("form_no", language, form=form), what, say("made", language, time=made)),
        code=f"TT:{form}:{origin.branch.code}:{what}",
        note=say("filing", language),
    )


class _Day:
    """A day being written."""

    def __init__(
        self, sheet: DaySheet, origin: Origin, pictures: Mapping[tuple[int, str], bytes]
    ) -> None:
        self._sheet, self._origin, self._pictures = sheet, origin, pictures
        self._language = origin.language

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)

    def _heads(self, *keys: str) -> list[str]:
        return [self._say(f"col_{key}") for key in keys]

    def _clock(self, ms: int) -> str:
        moment = from_ms(ms, self._origin.zone)
        same = moment.date().isoformat() == self._sheet.day
        return f"{moment:%H:%M}" if same else f"{moment:%m-%d %H:%M}"

    def parts(self) -> list[Flowable]:
        """The plan of the day, the sheets one by one, hands."""
        sheet, language = self._sheet, self._language
        found: list[Flowable] = [
            *title_parts(self._say("title_day"), say("title_day", "zh"), language),
            Words(day_text(sheet.day, language), colour=INK_2, align="centre", below=8),
        ]
        if sheet.lines or sheet.sheets:
            overview = self._overview()
            found += [
                Figures(self._figures()),
                heading(self._say("section_overview"), overview),
                overview,
            ]
            for view in sheet.sheets:
                found += self._one(view)
        else:
            found.append(Words(self._say("day_empty"), align="centre", above=24, below=24))
        hands = [self._say(f"day_sign_{key}") for key in ("supervisor", "manager", "date")]
        signing = SignatureCells(hands)
        return [*found, Words("", above=16, keep=signing.height, tag=""), signing]

    def _figures(self) -> list[tuple[str, str, str]]:
        lines, views = self._sheet.lines, self._sheet.sheets
        done = [view for view in views if view.line.finished_at is not None]
        late = sum(view.line.late for view in done)
        begun = sum(line.state in _STATES for line in lines)
        failed = sum(view.line.failed for view in views)
        return [
            (self._say("figure_due"), self._times(len(lines)), ""),
            (
                self._say("figure_done"),
                self._times(len(done)),
                self._say("figure_late", n=late) if late else "",
            ),
            (
                self._say("figure_missed"),
                self._times(sum(line.state == "missed" for line in lines)),
                self._say("figure_open", n=begun) if begun else "",
            ),
            (self._say("figure_failed"), str(failed), ""),
        ]

    def _times(self, count: int) -> str:
        return self._say("times", n=count)

    def _overview(self) -> FormGrid:
        heads = self._heads("inspection", "window", "state", "score", "failed", "by")
        rows = [self._line(line) for line in self._sheet.lines]
        return table(_OVERVIEW, heads, rows, self._language)

    def _line(self, line: DayLine) -> list[str]:
        made, dash = line.sheet, self._say("dash")
        state = coded("state", line.state, self._language)
        if made is not None and made.late:
            state = self._say("late", state=state)
        ended = made is not None and made.finished_at is not None
        return [
            line_name(line, self._language),
            window(line.slot.first, line.slot.last, self._language),
            state,
            percent(made.score, made.capped, self._language) if made else dash,
            str(made.failed) if made and ended else dash,
            made.by if made else dash,
        ]

    # -- one sheet ------------------------------------------------------------------------------

    def _one(self, view: SheetView) -> list[Flowable]:
        language = self._language
        about = facts(self._facts(view), language)
        items = self._items(view)
        found: list[Flowable] = [
            heading(spelled(sheet_name(view.line, language), language), about),
            about,
            Words("", above=6, tag=""),
            items,
        ]
        if any(item.critical for item in view.template.items):
            found.append(remark(self._say("items_note"), language))
        photos = self._photos(view)
        if photos:
            found += [heading(self._say("photos"), photos[0]), *photos]
        signatures = self._signatures(view)
        found += [Words("", above=6, keep=signatures.height, tag=""), signatures]
        return found

    def _facts(self, view: SheetView) -> list[tuple[str, str]]:
        line, language = view.line, self._language
        first = self._clock(line.started_at)
        if line.finished_at is None:
            time = self._say("not_finished", time=first)
        else:
            time = self._say("from_to", first=first, last=self._clock(line.finished_at))
        if line.late:
            time = self._say("late", state=time)
        version = self._say("version", code=view.template.code, n=view.template.version)
        found = [
            ("fact_by", line.by),
            ("fact_time", time),
            ("fact_score", percent(line.score, line.capped, language)),
            ("fact_version", version),
        ]
        if line.about:
            found.append(("fact_about", line.about))
        if view.cleaner:
            found.append(("fact_cleaner", view.cleaner))
        return [(self._say(key), value) for key, value in found]

    def _items(self, view: SheetView) -> FormGrid:
        """Every item under its section; what failed stands bold."""
        language = self._language
        heads = self._heads("item", "check", "result", "note")
        actions = {action.id: action for action in view.actions}
        told: dict[str, list[str]] = {}
        for item in view.template.items:
            given = view.answers.get(item.id)
            words = (
                f"{item.id}★" if item.critical else item.id,
                item.en if language == "en" else item.zh,
                answer_text(item, given, language),
                self._noted(given, actions),
            )
            told[item.id] = [spelled(word, language) for word in words]
        widths = fitted(_ITEMS, heads, list(told.values()))
        head = head_row(widths, heads)
        rows = [head]
        for section in view.template.sections:
            title = section.en if language == "en" else section.zh
            name = label(spelled(title, language), "", WIDTH)
            band = Row(((WIDTH, name),), heads=(head,), head=True)
            rows.append(band)
            rows += [
                self._item(item, told[item.id], view.answers.get(item.id), widths, (head, band))
                for item in section.items
            ]
        return FormGrid(rows)

    def _item(
        self,
        item: Item,
        words: Sequence[str],
        given: Given | None,
        widths: Sequence[float],
        heads: tuple[Row, ...],
    ) -> Row:
        bold = BOLD if given is not None and given.verdict == FAIL else BODY
        styles = (BODY, BODY, bold, BODY)
        cells = [
            cell(word, width, column.align, style)
            for word, width, column, style in zip(words, widths, _ITEMS, styles, strict=True)
        ]
        return Row(tuple(zip(widths, cells, strict=True)), heads=heads)

    def _noted(self, given: Given | None, actions: Mapping[int, Action]) -> str:
        if given is None:
            return ""
        parts = [given.note]
        if given.mended:
            parts.append(self._say("mended"))
        action = actions.get(given.action) if given.action is not None else None
        if action is not None:
            state = coded("action", action.state, self._language)
            told = self._say("action", owner=action.owner_name, day=action.due_on, state=state)
            parts.append(told)
        return self._say("sentence").join(filter(None, parts))

    def _photos(self, view: SheetView) -> list[Part]:
        shown = [
            Picture(
                self._pictures.get((view.line.id, item.id)),
                self._say(
                    "photo", item=item.id, text=item.en if self._language == "en" else item.zh
                ),
                self._say("photo_lost"),
            )
            for item in view.template.items
            if item.id in view.answers and view.answers[item.id].photo
        ]
        return [*picture_rows(shown, SMALL_ROW_HEIGHT, self._language)]

    def _signatures(self, view: SheetView) -> FormGrid:
        """Who signed and when; room for a pen where nobody has signed yet."""
        rows: list[Row] = []
        for signed in view.signatures:
            roles = roles_text(signed.roles, self._language)
            name = label(self._say("signature", n=signed.place + 1, roles=roles), "", _SIGN)
            rest: Cell = Blank(36.0)
            if signed.at is not None:
                told = self._say("signed_by", name=signed.by, time=self._clock(signed.at))
                rest = text(spelled(told, self._language), WIDTH - _SIGN)
            rows.append(Row(((_SIGN, name), (WIDTH - _SIGN, rest))))
        return FormGrid(rows)
