"""Owns the papers that speak to somebody: the reply in prose, the notices with a grid of facts;
knows no paper by its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.platypus.flowables import Flowable

from branch.papers.form import Block, Field
from reports.forms.papers.cells import Blank, Cell
from reports.forms.papers.grid import FormGrid, Row
from reports.forms.papers.layout import Layout
from reports.forms.papers.letter import PROSE, Prose, SealRow, TearOff, hands
from reports.forms.papers.sheets import KEEP, heading, title_parts
from reports.forms.papers.words import block_label, day_text, form_title, opening_words, say
from reports.sheet import INK_2, WIDTH, Words
from reports.typeface import Face, Style

_NUMBER: Final = Style(Face.SANS, 9.75, 14.5)
_HEADING: Final = Style(Face.SANS_BOLD, 11, 17)
_INDENT: Final = {"zh": 2 * PROSE.size, "en": 0.0}
_ABOVE: Final = {"zh": 0.0, "en": 4.0}
# Blocks of a reply that are not among its numbered parts.
_NAME: Final = "addressee"
# What a notice begins with may hang on it.
_REASON: Final = "reason_code"
_FRAME: Final = frozenset({"opening", "closing", "signing", "delivery"})


def reply_parts(layout: Layout) -> list[Flowable]:
    """The reply: salutation, numbered parts in prose, thanks, hands and seal, the receipt."""
    say_ = _Letter(layout)
    blocks = {block.key: block for block in layout.form.blocks}
    opening = layout.words_of("opening")
    parts: list[Flowable] = [
        *say_.head(),
        *say_.greeting(layout.words_of("salutation"), opening),
    ]
    told = [key for key in blocks if key not in _FRAME]
    for number, key in enumerate(told):
        parts += say_.numbered(number, blocks[key])
    receipt = say_.receipt(blocks["delivery"])
    seal = say_.seal(str(layout.value("decision_date")), receipt, blocks["signing"].fields)
    thanks = say_.thanks(seal.height + receipt.height)
    apology = say_.prose(layout.words_of("apology"))
    return [*parts, *apology, *thanks, seal, receipt]


def notice_parts(layout: Layout) -> list[Flowable]:
    """A notice: salutation, its facts in a grid, paragraphs of the law, the seal, the receipt."""
    say_ = _Letter(layout)
    fields = {field.key for block in layout.form.blocks for field in block.fields}
    reason = str(layout.value(_REASON)) if _REASON in fields else ""
    opening = opening_words(layout.form.code, layout.head.part, reason, layout.language)
    parts: list[Flowable] = [
        *say_.head(),
        *say_.greeting(layout.words_of(_NAME), opening),
        _gap(6),
    ]
    receipt = say_.plain_receipt()
    seal = say_.seal(layout.issue_day, receipt)
    # The seal is never alone on a page.
    last, room = len(layout.form.blocks) - 1, seal.height + receipt.height
    for at, block in enumerate(layout.form.blocks):
        shown = [field for field in block.fields if layout.told(field) and field.key != _NAME]
        laws = [field for field in shown if field.locked]
        grid = FormGrid(layout.rows(field for field in shown if not field.locked))
        alone = at == last and not laws
        if at:
            parts.append(heading(layout, block, grid.height + room if alone else KEEP))
        parts.append(grid)
        for field in laws:
            parts += say_.law(field, room if at == last and field is laws[-1] else 0)
    return [*parts, seal, receipt]


def _gap(height: float) -> Words:
    return Words("", Style(Face.SANS, 1, height), tag="")


class _Letter:
    """The parts of one letter."""

    def __init__(self, layout: Layout) -> None:
        self._layout, self._language = layout, layout.language

    def head(self) -> list[Flowable]:
        """Title and number."""
        head = self._layout.head
        number = head.number or self._say("case_no", number=head.case_number)
        return [
            *title_parts(self._layout, 1.5),
            Words(number, _NUMBER, colour=INK_2, align="centre", below=14),
        ]

    def greeting(self, name: str, opening: str) -> list[Flowable]:
        """Whom it speaks to, and how it begins."""
        return [Prose(self._say("greeting", name=name)), *self.prose(opening)]

    def prose(self, words: str, keep: float = 0) -> list[Prose]:
        """Paragraphs, one a line of the words."""
        return [
            Prose(
                paragraph,
                indent=_INDENT[self._language],
                flush=self._language == "zh",
                above=_ABOVE[self._language],
                keep=keep,
            )
            for paragraph in words.splitlines()
            if paragraph.strip()
        ]

    def numbered(self, number: int, block: Block) -> list[Flowable]:
        """A part of the reply under its numbered heading: what it says, then, with its label,
        whatever else stands in its fields and is not said already."""
        layout = self._layout
        numeral = self._say("numerals")[number]
        title = block_label(layout.form.code, block.key, self._language)
        text = self._say("numbered", n=numeral, title=title)
        found: list[Flowable] = [
            Words(text, _HEADING, above=7, below=1, keep=2 * PROSE.leading, tag="H2")
        ]
        said = ""
        for at, field in enumerate(block.fields):
            words = layout.words(field)
            # The sentences of the law name the particulars that stand in the short fields.
            if not words or (field.kind == "text" and words in said):
                continue
            told = self._say("colon", label=layout.name(field), text=words) if at else words
            found += self.prose(told)
            said += words
        return found

    def law(self, field: Field, room: float) -> list[Flowable]:
        """A paragraph of the law under its label; so much room is kept under it."""
        prose = self.prose(self._layout.words(field))
        keep = sum(part.height for part in prose) + room if room else 2 * PROSE.leading
        return [
            Words(self._layout.name(field), _HEADING, above=9, below=1, keep=keep, tag="H2"),
            *prose,
        ]

    def thanks(self, keep: float) -> list[Flowable]:
        """Thanks and whom to ask; so much room is kept under it for hands and seal."""
        name, phone = self._layout.words_of("contact_name"), self._layout.words_of("contact_phone")
        key = "thanks" if name else "thanks_phone"
        thanks = self.prose(self._say(key, name=name, phone=phone), keep)
        return [_gap(4.5), *thanks]

    def seal(self, day: str, receipt: TearOff, signs: Sequence[Field] = ()) -> SealRow:
        """Hands where the paper is signed, the place of the seal, branch and day."""
        layout = self._layout
        names = [layout.name(field) for field in signs]
        return SealRow(
            hands(names, self._say("sign_date")) if names else None,
            self._say("seal"),
            (layout.spelled(layout.head.branch_name), day_text(day, self._language) if day else ""),
            above=13,
            keep=receipt.height,
        )

    def receipt(self, block: Block) -> TearOff:
        """The receipt of a reply: how and when it was handed over, and to whom."""
        return self._tear_off(self._layout.slip_rows(block.fields))

    def plain_receipt(self) -> TearOff:
        """The receipt of a notice: who took it and when."""
        width = self._layout.label_width
        cells: list[tuple[float, Cell]] = []
        for key in ("receiver", "received_on"):
            cells.append((width, self._layout.fixed(key)))
            cells.append((WIDTH / 2 - width, Blank()))
        return self._tear_off([Row(tuple(cells))])

    def _tear_off(self, rows: list[Row]) -> TearOff:
        """Once it is torn off, it still says of which paper it is."""
        head = self._layout.head
        title = form_title(head.form, self._language, head.part)
        numbers = " ".join(filter(None, (head.number, head.case_number)))
        return TearOff(self._say("cut"), rows, self._say("receipt", title=title, number=numbers))

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)
