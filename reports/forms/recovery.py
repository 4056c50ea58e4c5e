"""Owns the sheet with the branch's recovery key, to be sealed in an envelope; makes no key and
keeps none."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable

from branch.kernel.clock import from_ms
from branch.lobby.queries.screens import BranchName
from reports.codes import Qr
from reports.forms.register_words import say
from reports.letterhead import Origin
from reports.page import About, break_lines
from reports.sheet import (
    INK,
    INK_2,
    INNER,
    LABEL_GROUND,
    MM,
    NOTE,
    OUTER,
    RULE,
    SECTION,
    SMALL,
    STRONG,
    TITLE,
    TITLE_HAN,
    WIDTH,
    Column,
    Grid,
    Part,
    Words,
    ink,
    sheet_pdf,
    write_lines,
)
from reports.signing import SignatureCells
from reports.typeface import Face, Style

_ACROSS = 5
_ROW = 13.5 * MM
_GROUP = Style(Face.SANS_BOLD, 20, 26, 1.5)
_CODE = 105
_PAD = 2.5 * MM
_OPENINGS = 2
_PEN = Style(Face.SANS, 10, 10 * MM - 9)


def recovery_pdf(
    branch_name: BranchName, recovery_key: str, fingerprint: str, made_at: int, language: str
) -> bytes:
    """The recovery key (its groups joined by dashes) as an A4 sheet, printed at an instant (ms).

    Whoever holds the sheet can open the branch's data: print it at once and keep no file.
    """
    origin = Origin(language, branch_name, made_at)
    parts: list[Flowable] = [
        Words(
            say("recovery_title", language),
            TITLE if language == "en" else TITLE_HAN,
            align="centre",
            above=4,
            below=8,
        ),
        _Key(recovery_key.split("-")),
        _Beside(recovery_key, fingerprint, origin),
    ]
    for key in ("for", "keep", "use"):
        parts.append(Words(say(f"recovery_{key}", language), SECTION, above=8, below=3))
        parts.append(Words(say(f"recovery_{key}_text", language)))
    labels = [say(f"recovery_{key}", language) for key in ("first", "second", "date")]
    parts += [
        Words(say("recovery_sealed", language), SECTION, above=12, below=4),
        SignatureCells(labels),
        Words(say("recovery_opened", language), SECTION, above=12, below=4),
        _openings(language),
    ]
    head = origin.letterhead(say("recovery_foot", language))
    branch = branch_name.name.text(language)
    title = say("recovery_file", language, branch=branch)
    return sheet_pdf(parts, head, About(title, language, from_ms(made_at, origin.zone)))


def _openings(language: str) -> Grid:
    keys = ("opened_at", "why", "who", "witness")
    columns = (Column(20), Column(34), Column(23), Column(23))
    head = [say(f"recovery_{key}", language) for key in keys]
    return Grid(columns, head, [("", "", "", "")] * _OPENINGS, _PEN)


class _Key(Part):
    """The groups of the key, numbered, in cells large enough to be read and typed from."""

    def __init__(self, groups: list[str]) -> None:
        self._groups = groups
        super().__init__(-(-len(groups) // _ACROSS) * _ROW)

    def draw(self) -> None:
        """From left to right, then down; the number of each group small above it."""
        canvas, cell = self.canv, WIDTH / _ACROSS
        for at, group in enumerate(self._groups):
            x, y = at % _ACROSS * cell, self.height - (at // _ACROSS + 1) * _ROW
            canvas.setFillColor(HexColor(LABEL_GROUND))
            canvas.setStrokeColor(HexColor(RULE))
            canvas.setLineWidth(INNER)
            canvas.rect(x, y, cell, _ROW, fill=1)
            write_lines(canvas, x + 4, y + _ROW - 2, [str(at + 1)], NOTE, INK_2)
            width = _GROUP.width(group)
            top = y + _ROW / 2 + _GROUP.leading / 2 - 3
            write_lines(canvas, x + (cell - width) / 2, top, [group], _GROUP, INK)
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(OUTER)
        canvas.rect(0, 0, WIDTH, self.height)


class _Beside(Part):
    """The code for a scanner, and beside it the fingerprint and how the key is typed."""

    def __init__(self, recovery_key: str, fingerprint: str, origin: Origin) -> None:
        self._code = Qr(recovery_key, _CODE)
        language = origin.language
        made = f"{from_ms(origin.made_at, origin.zone):%Y-%m-%d %H:%M}"
        self._x = self._code.width + 6 * MM
        room = WIDTH - self._x
        self._facts = [
            (say("recovery_fingerprint", language), fingerprint),
            (say("recovery_made", language), made),
        ]
        self._beside = max(SMALL.width(label) for label, _value in self._facts) + 4 * MM
        self._notes = [
            break_lines(say(key, language), SMALL, room)
            for key in ("recovery_check", "recovery_code")
        ]
        super().__init__(self._code.height + 2 * _PAD)

    def draw(self) -> None:
        """The code at the left, the words at the right."""
        canvas = self.canv
        y = self.height - _PAD
        ink(canvas, INK)
        self._code.drawOn(canvas, 0, y - self._code.height)
        for label, value in self._facts:
            write_lines(canvas, self._x, y, [label], SMALL, INK_2)
            y = write_lines(canvas, self._x + self._beside, y, [value], STRONG, INK)
        y -= 6
        for lines in self._notes:
            y = write_lines(canvas, self._x, y, lines, SMALL, INK) - 4
