"""Owns how a form's fields become rows: which stand side by side, which want the whole width;
reads no store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Final, cast

from branch.kernel.clock import from_ms
from branch.papers.form import Field, Fields, Form, Value, is_empty
from branch.papers.head import Head
from reports.forms.papers.cells import (
    DUE,
    PAD_X,
    ROW,
    Blank,
    Cell,
    boxes,
    broken,
    label,
    signature,
    text,
)
from reports.forms.papers.grid import Row
from reports.forms.papers.words import (
    code_options,
    code_text,
    column_label,
    field_label,
    say,
    value_text,
)
from reports.page import longest_word
from reports.sheet import BODY, SMALL, WIDTH
from reports.typeface import printable, without_glyph

# A label's cell: Chinese labels are short, English ones are not.
_LABEL_WIDTH: Final = {"zh": 72.0, "en": 88.0}
# Of a longer list the chosen word is told instead of boxes.
_MOST_BOXES: Final = 6
_LONG: Final = 45.0
_SIGN: Final = 36.0
_HALF_LINES: Final = 2
# Days that somebody has to keep.
_DUE = frozenset({"due_legal", "slip_due", "new_due", "action_due"})
# Blank cells with more room for a pen, and those whose answer is ticked.
_TALL: Final = {"result_summary": 63.0, "returned_reason": 36.0}
_TICKED: Final = {"satisfaction": "satisfaction", "mode": "delivery"}


def spelled(words: str, language: str) -> str:
    """Words with every character that no face can draw told by its code: 〔U+2B81D〕."""
    for letter in without_glyph(words):
        words = words.replace(letter, say("unknown_letter", language, code=f"U+{ord(letter):04X}"))
    return words


class Layout:
    """The rows of one paper."""

    def __init__(self, form: Form, head: Head, fields: Fields, *, roomy: bool) -> None:
        """``roomy``: cells of long words leave room for a pen."""
        self._long = _LONG if roomy else ROW
        self.form, self.head, self._fields = form, head, fields
        self.language = head.language
        self.label_width = self._label = _LABEL_WIDTH[self.language]
        # An English paper has Chinese labels too, a customer's Chinese one English labels.
        other = "en" if self.language == "zh" else "zh"
        self._other = other if other == "zh" or form.customer else ""

    @property
    def issue_day(self) -> str:
        """The day on which the paper is issued, in the branch's zone."""
        return from_ms(self.head.issued_at, self.head.zone).date().isoformat()

    # -- words ----------------------------------------------------------------------------------

    def value(self, key: str) -> Value:
        """What the snapshot has in a field."""
        return self._fields[key]

    def words(self, field: Field) -> str:
        """A field's value in words."""
        return self.spelled(value_text(field, self.value(field.key), self.language, self.head.zone))

    def words_of(self, key: str) -> str:
        """The value of the field of this key in words."""
        return self.words(self.form.field(key))

    def told(self, field: Field) -> bool:
        """Whether a letter has a place for it: what is asked, and what says something."""
        return field.required or not is_empty(self.value(field.key))

    def spelled(self, words: str) -> str:
        """Words that can be printed."""
        return spelled(words, self.language)

    def name(self, field: Field) -> str:
        """A field's label in the paper's language."""
        return field_label(self.form.code, field.key, self.language)

    def small(self, field: Field) -> str:
        """The label in the other language, where the paper gives it."""
        return field_label(self.form.code, field.key, self._other) if self._other else ""

    def fixed(self, key: str) -> Cell:
        """A label that stands on many forms."""
        small = say(key, self._other) if self._other else ""
        return label(say(key, self.language), small, self._label)

    # -- rows -----------------------------------------------------------------------------------

    def rows(self, fields: Iterable[Field]) -> list[Row]:
        """The fields in their order, two in a row where both are short."""
        found: list[Row] = []
        waiting: Field | None = None
        for field in fields:
            if self._short(field):
                if waiting is None:
                    waiting = field
                else:
                    found.append(self._row(waiting, field))
                    waiting = None
                continue
            if waiting is not None:
                found.append(self._row(waiting))
                waiting = None
            found += self._table(field) if field.kind == "rows" else [self._row(field)]
        if waiting is not None:
            found.append(self._row(waiting))
        return found

    def signature_rows(self, fields: Sequence[Field]) -> list[Row]:
        """Cells to sign in, two in a row, and a day under each."""
        found = []
        for pair in _pairs(fields):
            width = WIDTH / len(pair)
            pen = width - self._label
            signs: list[tuple[float, Cell]] = []
            days: list[tuple[float, Cell]] = []
            for field in pair:
                kept = self.value(field.key)
                cell = signature(kept, _SIGN) if kept and isinstance(kept, str) else Blank(_SIGN)
                signs += [(self._label, self._label_cell(field)), (pen, cell)]
                days += [(self._label, self.fixed("sign_date")), (pen, Blank())]
            found += [Row(tuple(signs), head=True), Row(tuple(days))]
        return found

    def slip_rows(self, fields: Sequence[Field]) -> list[Row]:
        """Cells of a slip: what is ticked has a row of its own, three days or numbers share one,
        and so do two signatures; a signature alone has a day beside it.

        The bank keeps it, so a Chinese one has Chinese labels only, and fits under its letter.
        """
        bank = self if self.language == "en" else self._without_small()
        ticked = [field for field in fields if field.key in _TICKED]
        facts = [f for f in fields if f.kind == "blank" and f not in ticked]
        signs = [field for field in fields if field.kind == "sign"]
        found = [bank._row(field) for field in ticked]
        found += [bank._row(*facts[at : at + 3]) for at in range(0, len(facts), 3)]
        if facts:
            return [*found, *(bank._row(*pair) for pair in _pairs(signs))]
        beside = ((self._label, bank.fixed("sign_date")), (WIDTH / 2 - self._label, Blank()))
        return [*found, *(Row((*bank._row(f, width=WIDTH / 2).cells, *beside)) for f in signs)]

    def _without_small(self) -> Layout:
        plain = copy(self)
        plain._other = ""
        return plain

    def narrow_rows(self, fields: Iterable[Field], width: float) -> tuple[Row, ...]:
        """One field in a row of that width."""
        return tuple(self._row(field, width=width) for field in fields)

    def _row(self, *fields: Field, width: float = WIDTH) -> Row:
        cells: list[tuple[float, Cell]] = []
        content = width / len(fields) - self._label
        for field in fields:
            cells.append((self._label, self._label_cell(field)))
            cells.append((content, self._cell(field, content)))
        return Row(tuple(cells))

    def _label_cell(self, field: Field) -> Cell:
        return label(self.name(field), self.small(field), self._label)

    def _cell(self, field: Field, width: float) -> Cell:
        if field.kind in ("blank", "sign") and field.key not in _TICKED:
            return Blank(_TALL.get(field.key, ROW))
        ticks = self._ticks(field)
        if ticks:
            return boxes(ticks, width)
        style = DUE if field.key in _DUE else BODY
        long = field.kind == "long"
        words = self.words(field)
        return text(words, width, style, self._long if long else ROW, from_top=long)

    def _ticks(self, field: Field) -> list[tuple[str, bool]]:
        """The words of a field's list, and which of them are ticked; none for a long list."""
        value = None if field.kind == "blank" else self.value(field.key)
        if field.kind == "yes":
            return [
                (say("yes", self.language), value is True),
                (say("no", self.language), value is False),
            ]
        codes = _TICKED.get(field.key, "") if field.kind == "blank" else field.codes
        if not codes:
            return []
        options = code_options(codes)
        if field.kind != "codes" and len(options) > _MOST_BOXES:
            return []
        chosen = [str(code) for code in (value if isinstance(value, list) else [value]) if code]
        # A code that no list has would vanish.
        known = [*options, *(code for code in chosen if code not in options)]
        return [(code_text(codes, code, self.language), code in chosen) for code in known]

    def _short(self, field: Field) -> bool:
        """Whether half the width is enough."""
        if field.kind in ("long", "rows") or field.key in _TALL:
            return False
        width = WIDTH / 2 - self._label
        ticks = [] if field.kind == "sign" else self._ticks(field)
        if ticks:
            return len(boxes(ticks, width).lines) == 1
        if field.kind in ("blank", "sign"):
            return True
        return len(broken(self.words(field), BODY, width - 2 * PAD_X)) <= _HALF_LINES

    # -- tables ---------------------------------------------------------------------------------

    def _table(self, field: Field) -> list[Row]:
        """A field of rows: its label, the heads of its columns, the rows under them."""
        value = cast(list[dict[str, str]], self.value(field.key))
        heads = [column_label(column, self.language) for column in field.columns]
        lines = [[self.spelled(row[column]) for column in field.columns] for row in value]
        widths = _column_widths(heads, lines)
        title = Row(((WIDTH, label(self.name(field), self.small(field), WIDTH)),), head=True)
        head = Row(
            tuple((w, label(t, "", w)) for w, t in zip(widths, heads, strict=True)), head=True
        )
        shown = lines or [["" for _ in heads]]
        return [
            title,
            head,
            *(
                Row(
                    tuple((w, text(t, w, SMALL)) for w, t in zip(widths, line, strict=True)),
                    heads=(title, head),
                )
                for line in shown
            ),
        ]


def _pairs(fields: Sequence[Field]) -> Iterator[Sequence[Field]]:
    for at in range(0, len(fields), 2):
        yield fields[at : at + 2]


def _column_widths(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> list[float]:
    """Every column as wide as its words ask for, as far as the paper goes; no word is cut that
    fits its share."""
    share = WIDTH / len(heads)
    wanted, least = [], []
    for at, head in enumerate(heads):
        words = [line[at] for line in lines]
        longest = max((SMALL.width(printable(word)) for word in words), default=0.0)
        atom = max((longest_word(word, SMALL) for word in words), default=0.0)
        narrowest = BODY.width(head) + 2 * PAD_X
        wanted.append(max(longest + 2 * PAD_X, narrowest))
        least.append(min(max(atom + 2 * PAD_X, narrowest), share))
    if sum(wanted) <= WIDTH:
        return [want / sum(wanted) * WIDTH for want in wanted]
    spare = WIDTH - sum(least)
    asked = [max(want - low, 0.0) for want, low in zip(wanted, least, strict=True)]
    whole = sum(asked) or 1.0
    return [low + ask / whole * spare for low, ask in zip(least, asked, strict=True)]
