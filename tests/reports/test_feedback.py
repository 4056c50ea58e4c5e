"""The week's feedback on paper: its numbers, its words, and nothing of a person."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from branch.catalogue.queries import Name
from branch.lobby.queries.screens import BranchName
from branch.visitors.queries.reception import FeedbackWeek, Voice, WeekCounts
from reports.forms.feedback import counted, feedback_pdf, signed
from reports.letterhead import Origin
from tests.conftest import OPENING
from tests.reports.paper import READERS, packed, text_by_pypdf

SERVICES = {"P01": Name("个人存款", "Cash deposit"), "P05": Name("开立个人账户", "Open an account")}
BRANCH = BranchName(
    "HB001", Name("云川银行湖滨路支行", "Yunchuan Bank"), "Asia/Shanghai", "09:00", "17:00"
)
NONE = WeekCounts(0, {}, {}, {}, 0, 0, 0)
WEEK = FeedbackWeek(
    "2026-11-16",
    "2026-11-22",
    WeekCounts(
        12,
        {"none": 9, "praise": 1, "suggestion": 1, "dissatisfied": 1},
        {"P05": 8, "P01": 3, "": 1},
        {"explained": 10, "room": 1},
        3, 1, 2,
    ),
    WeekCounts(4, {"none": 3, "praise": 1}, {"P01": 4}, {"mobile": 2}, 1, 1, 0),
    (
        Voice("2026-11-20", "dissatisfied", "P05", "等太久，希望多开一个柜台，回电 ****"),
        Voice("2026-11-20", "praise", "", "谢谢李经理"),
    ),
)  # fmt: skip


def origin(language: str = "zh") -> Origin:
    return Origin(language, BRANCH, OPENING)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_every_number_and_word_is_there(read: object) -> None:
    text = packed(read(feedback_pdf(WEEK, SERVICES, origin())))  # type: ignore[operator]
    for part in (
        "客户反馈周报",
        "2026-11-16至2026-11-22",
        "云川银行湖滨路支行",
        "接待记录",
        "上周4",
        "办完1，逾期未办2",
        "开立个人账户80+8",
        "个人存款34−1",
        "问询或其他10+1",
        "请进接待室10+1",
        "手机银行02−2",
        "等太久，希望多开一个柜台，回电****",
        "谢谢李经理",
        "电话和证件号码已隐去",
        "由接待记录汇总，不含姓名和电话",
        "第1页共",
    ):
        assert part in text, part


def test_in_english() -> None:
    text = text_by_pypdf(feedback_pdf(WEEK, SERVICES, origin("en")))
    for part in ("Feedback of the week", "Cash deposit", "Dissatisfied", "done 1, overdue 2"):
        assert part in text, part


def test_the_same_week_gives_the_same_bytes() -> None:
    assert feedback_pdf(WEEK, SERVICES, origin()) == feedback_pdf(WEEK, SERVICES, origin())


def test_an_empty_week_says_so() -> None:
    empty = FeedbackWeek("2026-11-16", "2026-11-22", NONE, NONE, ())
    text = packed(text_by_pypdf(feedback_pdf(empty, SERVICES, origin())))
    assert "这一周没有接待记录" in text
    assert "客户的话" not in text


def test_many_words_flow_over_pages() -> None:
    many = replace(WEEK, voices=WEEK.voices * 60)
    data = feedback_pdf(many, SERVICES, origin())
    pages = PdfReader(BytesIO(data)).pages
    assert len(pages) > 3
    assert packed(text_by_pypdf(data)).count("谢谢李经理") == 60


def test_counts_beside_each_other() -> None:
    assert counted(WEEK, "advice") == [("explained", 10, 0), ("room", 1, 0), ("mobile", 0, 2)]
    assert [code for code, _now, _before in counted(WEEK, "kind")] == [
        "none",
        "praise",
        "suggestion",
        "dissatisfied",
    ]
    assert (signed(3), signed(-2), signed(0)) == ("+3", "−2", "–")
