"""A month of complaints as papers are tried with."""

from __future__ import annotations

from branch.catalogue.queries import Name
from branch.complaints.closings import Handled
from branch.complaints.queries.handlers import HandlerCases
from branch.complaints.queries.late import Late, LateCases
from branch.complaints.queries.months import Month, Week
from branch.complaints.queries.register import RegisterRow
from branch.complaints.statistics import Ledger, Reviews, Statistics
from branch.lobby.queries.screens import BranchName
from reports.forms.complaint_register import Register
from reports.forms.complaint_sheet import Sheet
from reports.letterhead import Origin
from tests.conftest import OPENING

BRANCH = BranchName(
    "HB001", Name("云川银行湖滨路支行", "Yunchuan Bank"), "Asia/Shanghai", "09:00", "17:00"
)
HANDLED = Handled(
    closed=17,
    bands={"workdays_3": 7, "days_15": 6, "days_30": 4, "days_60": 0, "longer": 0},
    late_legal=1,
    late_house=5,
    on_the_spot=4,
    extended=3,
    findings={"true": 5, "partly_true": 6, "not_true": 6},
    causes={"people": 8, "process": 5, "system": 4},
    compensated=4,
    redress=463_000,
    small=3,
    small_sum=63_000,
    asked=17,
    answered=14,
    satisfied=11,
    gross_days=153,
    net_days=136,
)
MONTH = Statistics(
    first="2026-11-01",
    last="2026-11-30",
    ledger=Ledger(9, 21, 1, {"closed": 17, "withdrawn": 1, "merged": 1}, 12),
    accepted=18,
    merged_received=1,
    repeats=3,
    others={"enquiry": 6},
    by={
        "channel": {"on_site": 12, "phone": 8, "web": 1},
        "biz_channel": {"counter": 15, "mobile": 6},
        "biz_class": {"credit_card": 13, "loan": 5, "savings": 3},
        "reason": {"pricing": 11, "service": 10},
        "severity": {"ordinary": 21},
        "weekday": {"0": 9, "4": 12},
        "hour": {"9": 7, "10": 14},
    },
    crossed={("counter", "credit_card", "pricing"): 9},
    handled=HANDLED,
    reviews=Reviews(3, 3, 0),
    visits=19,
    reached=16,
    served=4_200,
)
LATE = LateCases(
    1,
    1,
    (
        Late(3, "TS-HB001-20261102-0001", "理财收益", True, "2026-11-17", "2026-11-20", 3,
             "drafted", 5, ("等待鉴定",)),
        Late(4, "TS-HB001-20261112-0002", "吞卡", False, "2026-11-19", "", 1, "assigned", None),
    ),
)  # fmt: skip
MONTHS = (Month("2026-10", 18, 15), Month("2026-11", 21, 19))
WEEKS = (Week("2026-11-16", "2026-11-22", 6, 5), Week("2026-11-23", "2026-11-29", 4, 7))
HANDLERS = (HandlerCases("周敏", 12, 9, 1, 5), HandlerCases("", 9, 1, 0, 0))
HEAD = (812, "9f3a" * 16)


def sheet(*, outside: bool = False) -> Sheet:
    return Sheet("month", MONTH, MONTH, MONTHS, WEEKS, HANDLERS, LATE, HEAD, outside)


def origin(language: str = "zh") -> Origin:
    return Origin(language, BRANCH, OPENING)


ROW = RegisterRow(
    id=3, number="TS-HB001-20261102-0001", kind="complaint", state="closed", channel="superior",
    forwarded="regulator", received_on="2026-11-02", registered_on="2026-11-03",
    accepted_on="2026-11-03",
    closed_on="2026-11-25", name="陈*梅", anonymous=False, capacity="self", document="****7758",
    phone="138****5172", email="c***@example.com", parties=2, severity="complex", urgency="urgent",
    sensitivity=("media", "regulator"), incident_on="2026-10-30", biz_channel="counter",
    biz_class="credit_card",
    reason="pricing", standards=("", "0301", ""), amount=120_050, title="年费争议",
    facts="=HYPERLINK(\"http://example.org\")", claims="+退回年费", handler="周敏",
    verified="已核实", grounds="收费公示", decision="退回", finding="partly_true",
    liability="partly", accountability="提醒谈话", cause="pricing",
    systemic="recurring",
    remedies=("apology", "compensation"), redress=50_000, small=True, measures="更新公示",
    legal_due="2026-11-17", house_due="2026-11-09", extended=30,
    longer="等待总行鉴定意见", reply_wish="letter", told_on="2026-11-20",
    mode="phone", gross_days=18, net_days=12, late=True, stood="drafted", visited_on="2026-11-24",
    visitor="李静",
    reached=True, visit="已当面说明",
    satisfaction="satisfied", level=2, major=False, repeat_of="", merged_into="", re_review="",
    outcome="",
)  # fmt: skip


def register(*rows: RegisterRow) -> Register:
    return Register(rows or (ROW,), "2026-11-01", "2026-11-30", HEAD, "冯涛")
