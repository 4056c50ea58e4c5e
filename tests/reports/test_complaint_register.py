"""The register as a file: every column told, read back by others' programs, no formula in it."""

from __future__ import annotations

import csv
from dataclasses import fields, replace
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from branch.kernel.phrases import LANGUAGES, phrases
from reports.forms.complaint_register import (
    _COLUMNS,
    file_name,
    register_csv,
    register_xlsx,
)
from tests.reports.complaint_samples import HEAD, ROW, origin, register


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def as_dict(rows: list[list[str]]) -> dict[str, str]:
    start = rows.index([]) + 1
    return dict(zip(rows[start], rows[start + 1], strict=True))


def test_a_line_as_csv() -> None:
    found = as_dict(table(register_csv(register(), origin())))
    assert len(found) == len(_COLUMNS)
    for head, cell in {
        "网点名称": "云川银行湖滨路支行",
        "机构号": "HB001",
        "投诉受理渠道": "转来",
        "转来机构": "监管部门转来",
        "投诉人姓名": "陈*梅",
        "联系电话": "138****5172",
        "邮箱": "c***@example.com",
        "敏感情形": "涉舆情、涉监管",
        "业务类别": "信用卡",
        "业务代码": "0301",
        "涉及金额（元）": "1200.5",
        "补救方式": "道歉、赔偿",
        "是否小额补偿": "是",
        "延期至（日）": "30",
        "受理日期": "2026-11-03",
        "事发日期": "2026-10-30",
        "是否反复": "反复出现",
        "超过 15 日办结原因": "等待总行鉴定意见",
        "是否需要回复": "是",
        "希望答复方式": "书信",
        "是否有责": "部分有责",
        "问责情况": "提醒谈话",
        "回访人": "李静",
        "回访结果": "已联系上",
        "回访情况": "已当面说明",
        "是否回复": "是",
        "处理时长（日）": "18",
        "逾期时所处环节": "待审批",
        "满意度": "满意",
        "是否升级": "是",
        "是否重大": "否",
        "核查结果": "",
    }.items():
        assert found[head] == cell, head


def test_where_it_is_from_stands_over_it() -> None:
    rows = table(register_csv(register(), origin()))
    facts = dict(rows[: rows.index([])])
    assert facts["件数"] == "1"
    assert facts["导出人"] == "冯涛"
    assert (facts["流水末条"], facts["末条校验码"]) == (str(HEAD[0]), HEAD[1])
    assert "与导出人本人有关的投诉不在本表内" in facts["说明"]


def test_no_cell_is_a_formula() -> None:
    found = as_dict(table(register_csv(register(), origin())))
    assert found["投诉内容"].startswith("'=HYPERLINK")
    assert found["投诉请求"] == "'+退回年费"
    sheet = load_workbook(BytesIO(register_xlsx(register(), origin()))).worksheets[0]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in sheet[2])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_spreadsheet_says_what_the_csv_says(language: str) -> None:
    data = register_xlsx(register(ROW, replace(ROW, amount=None)), origin(language))
    rows, about = load_workbook(BytesIO(data)).worksheets
    told = as_dict(table(register_csv(register(), origin(language))))
    heads, first, second = rows.values
    assert list(heads) == list(told)
    for head, cell in zip(heads, first, strict=True):
        plain = told[head].removeprefix("'")
        number = f"{cell:g}" if isinstance(cell, float | int) else cell
        assert (number or "") == plain.removesuffix(".0"), head
    amount = phrases("complaints").say("column.amount", language)
    assert second[list(heads).index(amount)] is None
    assert rows.freeze_panes == "B2"
    assert rows.auto_filter.ref
    assert HEAD[1] in [row[1] for row in about.values]


def test_nothing_to_export_gives_heads_only() -> None:
    none = replace(register(), rows=())
    assert load_workbook(BytesIO(register_xlsx(none, origin()))).worksheets[0].max_row == 1


def test_the_same_register_gives_the_same_bytes() -> None:
    assert register_xlsx(register(), origin()) == register_xlsx(register(), origin())


def test_its_name() -> None:
    assert file_name(register(), origin()) == "投诉台账 2026-11-01 至 2026-11-30"


def test_every_column_is_of_a_field_that_is_there() -> None:
    assert {field.name for field in fields(ROW)} - set(_COLUMNS) == {
        "id", "anonymous", "standards", "level",
    }  # fmt: skip
