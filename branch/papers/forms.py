"""The printed forms as one table: blocks, fields, what is asked, typed and locked; pure.

Editor, paper, the check before a paper is issued and the tests are all drawn from ``FORMS``
(complaints.md 4c). Where a field's value comes from is said by the room whose paper it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from branch.papers.closing_forms import TS_04, TS_05, TS_06, TS_07, TS_08, TS_09
from branch.papers.form import (
    PAPER_CODES,
    Block,
    Field,
    Fields,
    Form,
    Value,
    empty_value,
    is_empty,
    missing,
)
from branch.papers.opening_forms import TS_01, TS_02A, TS_02B, TS_03, TS_10

__all__ = [
    "FORMS",
    "PAPER_CODES",
    "Block",
    "Field",
    "Fields",
    "Form",
    "Value",
    "empty_value",
    "is_empty",
    "missing",
]

FORMS: Mapping[str, Form] = {
    form.code: form
    for form in (
        TS_01,
        TS_02A,
        TS_02B,
        TS_03,
        TS_04,
        TS_05,
        TS_06,
        TS_07,
        TS_08,
        TS_09,
        TS_10,
    )
}
