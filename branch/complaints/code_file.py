"""The national standard's codes out of a CSV file, and what they would change; pure: keeps nothing.

JR/T 0169-2018 has a code for each class of its three dimensions; its numbers were not to be had, so
a branch that has them fills in the table of its own classes and imports it. Four columns under the
heads 维度, 代码, 名称, 国标代码 (or dimension, code, name, standard); the name is for people only,
and a class without a national code is left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from branch.complaints.codes import CLASSES, StandardCode
from branch.kernel.errors import BadInput
from branch.kernel.text_file import decoded

MOST_BYTES = 200_000
LONGEST = 20
_HEADS = {
    "dimension": ("维度", "dimension"),
    "code": ("代码", "code"),
    "standard": ("国标代码", "standard"),
}
_DIMENSIONS = {
    "biz_channel": ("biz_channel", "办理渠道", "业务办理渠道"),
    "biz_class": ("biz_class", "业务类别", "业务"),
    "reason": ("reason", "投诉原因", "原因"),
}
_STANDARD = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")

# Our class by dimension and code, and the national code.
Codes = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class CodeChange:
    """A class whose national code becomes another; ``before`` or ``after`` empty for none."""

    dimension: str
    code: str
    before: str
    after: str


@dataclass(frozen=True)
class CodePreview:
    """What an import would change; ``codes`` is everything afterwards.

    ``missing`` counts our classes without a code, ``twice`` names the national codes that stand
    for more than one class of a dimension: a person should look at both.
    """

    codes: tuple[StandardCode, ...]
    changes: tuple[CodeChange, ...]
    missing: int
    twice: tuple[str, ...]


def read_codes(name: str, data: bytes) -> tuple[StandardCode, ...]:
    """The codes in a file of this name.

    Raises BadInput that names the file, the line, and what would be right there.
    """
    if len(data) > MOST_BYTES:
        raise BadInput("codes_file_long", field="file", file=name)
    text = decoded(data)
    if text is None:
        raise BadInput("codes_file_text", field="file", file=name)
    separator = max(",;\t，", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    columns: dict[str, int] = {}
    found: dict[tuple[str, str], StandardCode] = {}
    try:
        for cells in rows:
            plain = [cell.strip() for cell in cells]
            if not any(plain):
                continue
            if not columns:
                columns = _columns(name, plain)
                continue
            one = _code(name, rows.line_num, plain, columns)
            if one is None:
                continue
            if (one.dimension, one.code) in found:
                raise _wrong("codes_line_twice", name, rows.line_num, word=one.code)
            found[one.dimension, one.code] = one
    except csv.Error:
        raise _wrong("codes_cells", name, rows.line_num) from None
    if not found:
        raise BadInput("codes_nothing", field="file", file=name)
    return tuple(found.values())


def checked_standard(text: str) -> bool:
    """Whether this may be a code of the national standard: letters and digits, dots and dashes."""
    return len(text) <= LONGEST and _STANDARD.fullmatch(text) is not None


def code_preview(codes: Iterable[StandardCode], known: Codes) -> CodePreview:
    """What importing these would change of the ``known`` ones, in the order of our lists."""
    after = {(one.dimension, one.code): one.standard for one in codes}
    listed = [(dimension, code) for dimension, all_of in CLASSES.items() for code in all_of]
    changes = [
        CodeChange(*key, known.get(key, ""), after.get(key, ""))
        for key in listed
        if known.get(key, "") != after.get(key, "")
    ]
    uses = Counter((dimension, standard) for (dimension, _code), standard in after.items())
    return CodePreview(
        tuple(StandardCode(*key, after[key]) for key in listed if key in after),
        tuple(changes),
        len(listed) - len(after),
        tuple(sorted({standard for (_dimension, standard), count in uses.items() if count > 1})),
    )


def csv_text(known: Codes, label: Callable[[str, str], str]) -> str:
    """Every class of ours with its code so far, as the CSV that ``read_codes`` takes."""
    told = io.StringIO()
    write = csv.writer(told)
    write.writerow(("维度", "代码", "名称", "国标代码"))
    for dimension, all_of in CLASSES.items():
        for code in all_of:
            write.writerow(
                (dimension, code, label(dimension, code), known.get((dimension, code), ""))
            )
    return told.getvalue()


def _columns(name: str, heads: list[str]) -> dict[str, int]:
    places = {
        part: at
        for at, head in enumerate(heads)
        for part, names in _HEADS.items()
        if head.lower() in names
    }
    if places.keys() != _HEADS.keys():
        raise BadInput("codes_head", field="file", file=name)
    return places


def _code(
    name: str, line: int, cells: list[str], columns: Mapping[str, int]
) -> StandardCode | None:
    if len(cells) <= max(columns.values()):
        raise _wrong("codes_cells", name, line)
    words, code, standard = (cells[columns[part]] for part in _HEADS)
    dimension = next((key for key, names in _DIMENSIONS.items() if words.lower() in names), "")
    if not dimension:
        raise _wrong("codes_dimension", name, line)
    if code not in CLASSES[dimension]:
        raise _wrong("codes_class", name, line, word=code[:LONGEST])
    if not standard:
        return None
    if not checked_standard(standard):
        raise _wrong("codes_standard_line", name, line, longest=LONGEST)
    return StandardCode(dimension, code, standard)


def _wrong(error: str, name: str, line: int, **values: str | int) -> BadInput:
    return BadInput(error, field="file", file=name, line=line, **values)
