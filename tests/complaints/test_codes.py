"""The national codes of complaint classes: read from a file, imported whole, seen afterwards."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.complaints.code_file import CodeChange, code_preview, csv_text, read_codes
from branch.complaints.codes import CLASSES, StandardCode
from branch.complaints.commands.codes import ImportCodes
from branch.complaints.queries.codes import standard_codes
from branch.complaints.queries.intake import usual_classes
from branch.complaints.queries.register import register_rows
from branch.kernel.errors import BadInput, NotPermitted
from tests.complaints.desk import OFFICER, SUPERVISOR, TELLER, Desk

COUNTER = StandardCode("biz_channel", "counter", "A01")
LOAN = StandardCode("biz_class", "loan", "B04")
HEAD = "维度,代码,名称,国标代码\n"


def read(text: str, coding: str = "utf-8-sig") -> tuple[StandardCode, ...]:
    return read_codes("代码.csv", text.encode(coding))


def test_a_file_is_read_however_it_was_saved() -> None:
    text = f"{HEAD}biz_channel,counter,柜面,A01\n\n业务类别,loan,贷款,B04\nreason,pricing,收费,\n"
    for coding in ("utf-8-sig", "utf-8", "gb18030"):
        assert read(text, coding) == (COUNTER, LOAN)
    assert read("dimension;name;standard;code\nbiz_class;Loans;B04;loan\n") == (LOAN,)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("维度,代码\nreason,pricing\n", "codes_head", None),
        (f"{HEAD}reason,pricing\n", "codes_cells", 2),
        (f"{HEAD}where,counter,柜面,A01\n", "codes_dimension", 2),
        (f"{HEAD}reason,pricing,收费,C1\nreason,柜面,柜面,A01\n", "codes_class", 3),
        (f"{HEAD}reason,pricing,收费,第一类\n", "codes_standard_line", 2),
        (f"{HEAD}reason,pricing,收费,{'1' * 21}\n", "codes_standard_line", 2),
        (f"{HEAD}reason,pricing,,C1\n\nreason,pricing,,C2\n", "codes_line_twice", 4),
        (f"{HEAD}reason,pricing,收费,\n", "codes_nothing", None),
        ("", "codes_nothing", None),
    ],
)
def test_what_is_wrong_is_told_by_file_and_line(text: str, code: str, line: int | None) -> None:
    with pytest.raises(BadInput) as refused:
        read(text)
    assert refused.value.code == code
    assert refused.value.values["file"] == "代码.csv"
    assert refused.value.values.get("line") == line


@given(st.binary(max_size=400))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    with suppress(BadInput):
        assert read_codes("x.csv", data)


def test_the_pattern_is_read_back_as_it_was_written() -> None:
    known = {("reason", "pricing"): "C07", ("biz_class", "loan"): "B04"}
    text = csv_text(known, lambda _dimension, code: code)
    assert text.count("\n") == 1 + sum(map(len, CLASSES.values()))
    preview = code_preview(read(text), known)
    assert preview.changes == ()
    assert {(one.dimension, one.code): one.standard for one in preview.codes} == known


def test_a_preview_says_what_changes_and_what_is_doubtful() -> None:
    known = {("reason", "pricing"): "C07", ("biz_class", "loan"): "B04"}
    wanted = (
        StandardCode("biz_class", "loan", "B05"),
        StandardCode("biz_channel", "counter", "B05"),
        StandardCode("biz_class", "cash", "B05"),
    )
    preview = code_preview(wanted, known)
    assert preview.changes == (
        CodeChange("biz_channel", "counter", "", "B05"),
        CodeChange("biz_class", "loan", "B04", "B05"),
        CodeChange("biz_class", "cash", "", "B05"),
        CodeChange("reason", "pricing", "C07", ""),
    )
    # The same code in another dimension is another code.
    assert preview.twice == ("B05",)
    assert preview.missing == sum(map(len, CLASSES.values())) - 3


def test_codes_are_imported_whole_and_stand_in_register_and_form(desk: Desk) -> None:
    complaint = desk.register(what={"biz_class": "loan", "reason": "pricing"})
    assert desk.run(ImportCodes((COUNTER, LOAN)), SUPERVISOR) == 2
    assert (desk.last.what, desk.last.subject) == ("codes.imported", "complaint")
    assert desk.last.data == {"added": 2, "changed": 0, "removed": 0}
    november = date(2026, 11, 1), date(2026, 11, 30)
    (row,) = register_rows(desk.store, desk.staff(OFFICER), *november, desk.today)
    assert (row.id, row.standards) == (complaint, ("A01", "B04", ""))
    assert usual_classes(desk.store, "2026-01-01").standards == standard_codes(desk.store)
    other = StandardCode("biz_class", "loan", "B05")
    desk.run(ImportCodes((other,)), SUPERVISOR)
    assert desk.last.data == {"added": 0, "changed": 1, "removed": 1}
    assert standard_codes(desk.store) == {("biz_class", "loan"): "B05"}


@pytest.mark.parametrize(
    ("codes", "error"),
    [
        ((), "codes_none"),
        ((StandardCode("nowhere", "loan", "B04"),), "code_unknown"),
        ((StandardCode("reason", "loan", "B04"),), "code_unknown"),
        ((StandardCode("biz_class", "loan", "第四"),), "codes_standard"),
        ((StandardCode("biz_class", "loan", ""),), "codes_standard"),
        ((LOAN, LOAN), "codes_twice"),
    ],
)
def test_what_is_no_code_is_refused(
    desk: Desk, codes: tuple[StandardCode, ...], error: str
) -> None:
    with pytest.raises(BadInput, match=error):
        desk.run(ImportCodes(codes), SUPERVISOR)
    assert standard_codes(desk.store) == {}


def test_only_who_keeps_the_settings_imports(desk: Desk) -> None:
    for account in (TELLER, OFFICER):
        with pytest.raises(NotPermitted):
            desk.run(ImportCodes((LOAN,)), account)
