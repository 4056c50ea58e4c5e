"""Owns the paper that answers a request about one's own data; decides nothing and finds nothing.

What stands in full on it was read by a journalled command; it is for the person who asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable

from branch.visitors.own_data import OwnRecord, OwnValue
from branch.visitors.queries.requests import Material, RequestCase
from branch.visitors.requests import CHANGES, SHOWS, RequestKind, RequestState
from reports.forms.privacy_words import Maker
from reports.forms.retention import period_parts
from reports.page import write
from reports.sheet import BODY, INK_2, MM, STRONG, WIDTH, Column, Grid, Part, Words, sheet_pdf

_FACTS = (Column(16, label=True), Column(34), Column(16, label=True), Column(34))
_RECORD = (Column(24, label=True), Column(76))
_RING = 40 * MM
_PALE = "#98A1B2"
_LIST = (Column(60), Column(40, "centre"))


def rights_answer_pdf(
    case: RequestCase,
    records: Sequence[OwnRecord],
    material: Material,
    language: str,
    made_at: int,
) -> bytes:
    """The answer as a PDF, made at an instant (ms); ``records`` are those shown in full.

    The same answer gives the same bytes.
    """
    maker = Maker(language, material.branch, made_at)
    title = maker.say("file_answer", number=case.line.number)
    head = maker.letterhead("foot_answer", (case.line.number,))
    return sheet_pdf(answer_parts(case, records, material, maker), head, maker.about(title))


def answer_parts(
    case: RequestCase, records: Sequence[OwnRecord], material: Material, maker: Maker
) -> list[Flowable]:
    """Facts, the request, the answer, the records, the rules where they were asked for, rights."""
    wish = case.wish or maker.say("no_words")
    parts: list[Flowable] = [
        maker.title("title_answer"),
        Grid(_FACTS, (), _facts(case, maker)),
        maker.heading("wish"),
        *(Words(line) for line in wish.splitlines()),
        maker.heading("answer"),
        *_answer(case, material, maker),
    ]
    done = case.line.state == RequestState.DONE
    if case.line.kind in SHOWS and case.line.state != RequestState.REFUSED:
        for record in records:
            parts += _record(record, material, maker)
    elif done and case.line.kind in CHANGES and case.items:
        parts += [maker.heading("records"), _items(case, maker)]
    if case.line.kind == RequestKind.EXPLAIN and done:
        parts += _rules(material, maker)
    return [
        *parts,
        maker.heading("rights"),
        Words(maker.say("rights_text"), below=10),
        SealAndReceipt(maker),
    ]


class SealAndReceipt(Part):
    """Room for the branch's seal at the left, lines for the receipt at the right."""

    def __init__(self, maker: Maker) -> None:
        super().__init__(_RING + 4 * MM)
        self._maker = maker

    def draw(self) -> None:
        """A dashed ring of 40 mm (look.md section 17), two lines to write on."""
        canvas, radius = self.canv, _RING / 2
        canvas.setStrokeColor(HexColor(_PALE))
        canvas.setFillColor(HexColor(_PALE))
        canvas.setLineWidth(0.3 * MM)
        canvas.setDash(2 * MM, 1.5 * MM)
        canvas.circle(20 * MM + radius, radius, radius)
        canvas.setDash()
        seal = self._maker.say("seal")
        write(canvas, 20 * MM + radius - BODY.width(seal) / 2, radius - 3, seal, BODY)
        canvas.setFillColor(HexColor(INK_2))
        left = WIDTH / 2 + 6 * MM
        for at, key in enumerate(("sign_person", "sign_day")):
            text, y = self._maker.say(key), (26 - 14 * at) * MM
            write(canvas, left, y, text, BODY)
            start = left + BODY.width(text) + 3 * MM
            canvas.line(start, y - 1 * MM, WIDTH, y - 1 * MM)


def _facts(case: RequestCase, maker: Maker) -> list[tuple[str, str, str, str]]:
    line = case.line
    ended = " ".join(filter(None, (case.ended_on, case.ended_by)))
    asker = " ".join(filter(None, (line.shown_name, line.shown_phone)))
    say = maker.say
    return [
        (say("number"), line.number, say("request_kind"), say(f"kind.{line.kind}")),
        (say("asker"), asker, say("checked_by"), case.checked_by or say("not_checked")),
        (say("came_on"), line.came_on, say("due"), line.due_on),
        (say("ended_on"), ended or say("not_ended"), "", ""),
    ]


def _answer(case: RequestCase, material: Material, maker: Maker) -> list[Flowable]:
    line = case.line
    if line.state == RequestState.REFUSED:
        first = maker.say("refused", reason=maker.say(f"refusal.{case.reason}"))
    elif line.state == RequestState.OPEN and line.kind not in SHOWS:
        first = maker.say("still_open")
    elif line.kind in SHOWS and not case.items:
        first = maker.say("nothing")
    else:
        first = maker.say(f"done.{line.kind}", n=len(case.items))
    parts: list[Flowable] = [Words(first, STRONG)]
    parts += [Words(text) for text in case.answer.splitlines()]
    if line.state == RequestState.DONE and line.kind == RequestKind.DELETE:
        days = next(p.days for p in material.periods if p.key == "keep_backups_days")
        parts.append(Words(maker.say("backups", days=days), colour=INK_2, above=4))
    return parts


def _record(record: OwnRecord, material: Material, maker: Maker) -> list[Flowable]:
    rows = [
        (maker.say(f"value.{value.name}"), _words(value, material, maker))
        for value in record.values
    ]
    title = maker.say(f"record.{record.kind}", ref=record.ref)
    return [Words(title, STRONG, above=14, below=5, keep=60), Grid(_RECORD, (), rows)]


def _words(value: OwnValue, material: Material, maker: Maker) -> str:
    if isinstance(value.value, int):
        return maker.moment(value.value)
    if value.form == "service":
        name = material.services.get(value.value)
        return name.text(maker.language) if name else value.value
    if value.form == "code":
        return maker.code(value.name, value.value)
    if value.form == "codes":
        codes = (maker.code(value.name, code) for code in value.value.split(","))
        return maker.say("between").join(codes)
    return value.value


def _items(case: RequestCase, maker: Maker) -> Grid:
    rows = [
        (
            maker.say(f"record.{item.kind}", ref=item.ref),
            maker.say("record_gone") if item.gone else item.day,
        )
        for item in case.items
    ]
    return Grid(_LIST, (maker.say("record_head"), maker.say("record_day")), rows)


def _rules(material: Material, maker: Maker) -> list[Flowable]:
    parts: list[Flowable] = [maker.heading("rules")]
    name = material.branch.name.text(maker.language)
    for notice in material.notices:
        parts.append(Words(maker.say(f"notice.{notice.kind}"), STRONG, above=4))
        parts.append(Words(notice.text(maker.language, name), below=4))
    return [*parts, *period_parts(material.periods, maker)]
