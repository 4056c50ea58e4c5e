"""The sheet of complaints on paper: every figure for the house, none too small for outside."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from branch.complaints.closings import Handled
from branch.complaints.queries.late import LateCases
from branch.complaints.statistics import Ledger
from reports.forms.complaint_sheet import complaint_sheet_pdf, sheet_name
from tests.reports.complaint_samples import MONTH, origin, sheet
from tests.reports.paper import READERS, packed, text_by_pypdf

EMPTY = replace(
    MONTH, ledger=Ledger(0, 0, 0, {}, 0), others={}, by={}, crossed={}, handled=Handled(bands={})
)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_every_figure_is_there(read: object) -> None:
    text = packed(read(complaint_sheet_pdf(sheet(), origin())))  # type: ignore[operator]
    for part in (
        "投诉统计月报",
        "2026-11-01至2026-11-30",
        "云川银行湖滨路支行",
        "合并后20",
        "9.0天",
        "扣除暂停8.0天",
        "79%",
        "回应率82%",
        "期末在办1212",
        "每万名到店客户收到50.050.0",
        "咨询66",
        "办结1789%17",
        "3个工作日内741%7",
        "部分属实635%6",
        "补偿合计，元4,630.004,630.00",
        "人员847%47%",
        "流程制度529%76%",
        "系统设备424%100%",
        "信用卡1362%13",
        "周五1257%12",
        "10时1467%14",
        "2026-112119",
        "TS-HB001-20261102-00012026-11-17，法定2026-11-203待审批",
        "2026-11-19，行内还没有1已转办",
        "TS-HB001-20261102-0001，延期原因：等待鉴定",
        "与制表人本人有关的投诉不在本表内",
        "统计到流水第812条，校验码9f3a9f3a9f3a9f3a…",
    ):
        assert part in text, part
    assert "＊" not in text


def test_what_leaves_the_branch_says_nothing_of_single_people() -> None:
    text = packed(text_by_pypdf(complaint_sheet_pdf(sheet(outside=True), origin())))
    for part in (
        "撤回＊–",
        "合并＊–",
        "办结1789%",
        "法定逾期＊",
        "网络＊–",
        # Nobody came by letter, but without it the one by internet could be worked out.
        "意见簿＊–",
        "上门1257%",
        "重新办理＊",
        "＊表示件数少于三件",
    ):
        assert part in text, part
    for part in ("上期", "TS-HB001", "逾期天数"):
        assert part not in text, part
    assert "2026-10" in text  # months that are large enough


def test_months_are_all_given_or_none() -> None:
    few = replace(sheet(outside=True), months=(replace(sheet().months[0], received=2),))
    assert "逐月" not in text_by_pypdf(complaint_sheet_pdf(few, origin()))


def test_in_english() -> None:
    text = text_by_pypdf(complaint_sheet_pdf(sheet(), origin("en")))
    for part in ("Complaints of the month", "Credit card", "Open at the end", "Root causes"):
        assert part in text, part


def test_the_same_figures_give_the_same_bytes() -> None:
    assert complaint_sheet_pdf(sheet(), origin()) == complaint_sheet_pdf(sheet(), origin())


def test_nothing_at_all_says_so() -> None:
    empty = replace(sheet(), now=EMPTY, before=EMPTY, late=LateCases(0, 0, ()))
    text = packed(text_by_pypdf(complaint_sheet_pdf(empty, origin())))
    assert "这段时间没有收到投诉" in text
    assert "根本原因" not in text


def test_more_late_cases_than_are_listed() -> None:
    late = sheet().late
    many = replace(sheet(), late=LateCases(40, 20, late.lines * 25))
    data = complaint_sheet_pdf(many, origin())
    assert "另有10件没有列出" in packed(text_by_pypdf(data))
    assert len(PdfReader(BytesIO(data)).pages) > 3


def test_its_name() -> None:
    assert sheet_name(sheet(), "zh") == "投诉统计 2026-11-01 至 2026-11-30"


@pytest.mark.parametrize(
    ("kind", "title"),
    [("month", "投诉统计月报"), ("quarter", "投诉统计季报"), ("year", "投诉统计年报")],
)
def test_what_a_sheet_is_called(kind: str, title: str) -> None:
    data = complaint_sheet_pdf(replace(sheet(), kind=kind), origin())
    assert title in packed(text_by_pypdf(data))


@pytest.mark.parametrize("outside", [False, True])
def test_the_year_is_disclosed_by_business_and_reason(outside: bool) -> None:
    year = replace(sheet(outside=outside), kind="year")
    text = packed(text_by_pypdf(complaint_sheet_pdf(year, origin())))
    told = "年度投诉情况收到消费投诉21件，合并重复后20件。业务类别本期占比信用卡1361.9%贷款523.8%"
    if outside:  # 21 received, one of them merged: the one could be worked out
        told = (
            "年度投诉情况收到消费投诉21件，合并重复后＊件。业务类别本期占比信用卡1361.9%贷款523.8%"
        )
    assert told in text
    assert "投诉原因本期占比定价收费1152.4%服务态度及质量1047.6%" in text
    # Once, not again among the classes.
    assert text.count("信用卡13") == 1
    assert "年度投诉情况" not in packed(text_by_pypdf(complaint_sheet_pdf(sheet(), origin())))


def test_shares_say_of_what_they_are() -> None:
    text = packed(text_by_pypdf(complaint_sheet_pdf(sheet(), origin())))
    for part in (
        "重复投诉，占收到14.3%3/2114.3%",
        "当场解决，占办结23.5%4/1723.5%",
        "延期，占办结17.6%3/1717.6%",
        "申请核查，比办结17.6%3/17",
        "核查改变，占核查决定0.0%0/3",
        "回访联系上，占回访84.2%16/19",
    ):
        assert part in text, part
    outside = packed(text_by_pypdf(complaint_sheet_pdf(sheet(outside=True), origin())))
    assert "法定逾期，占办结–＊" in outside
    assert "重复投诉，占收到14.3%3/21" in outside


def test_by_handler_week_and_kind_for_the_house_only() -> None:
    inside = packed(text_by_pypdf(complaint_sheet_pdf(sheet(), origin())))
    parts = (
        "按经办人经办人收到了结法定逾期属实周敏12915没有转办9100",
        "近四周周收到了结11-16至11-226511-23至11-2947",
        "营业现场、信用卡、定价收费943%9",
    )
    for part in parts:
        assert part in inside, part
    outside = packed(text_by_pypdf(complaint_sheet_pdf(sheet(outside=True), origin())))
    for part in ("按经办人", "周敏", "近四周", "营业现场、信用卡"):
        assert part not in outside, part
    kept = packed(text_by_pypdf(complaint_sheet_pdf(replace(sheet(), handlers=None), origin())))
    assert "按经办人" not in kept
