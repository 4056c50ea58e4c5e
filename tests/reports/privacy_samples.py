"""Requests, records and runs as the papers about personal data show them; all invented."""

from __future__ import annotations

from typing import Any

from branch.catalogue.queries import Name
from branch.kernel.setting import PERIODS
from branch.visitors.own_data import OwnRecord, OwnValue
from branch.visitors.queries.notices import Notice
from branch.visitors.queries.requests import FoundRecord, Material, RequestCase, RequestLine
from branch.visitors.queries.retention import KindPreview, PastRun, Period, Preview
from branch.visitors.retention import PERIOD_OF, Held, Kind
from tests.conftest import OPENING
from tests.fairness_samples import BRANCH

DAY = "2026-11-20"
VISIT = OwnRecord(
    "visitor",
    17,
    (
        OwnValue("day", DAY, "day"),
        OwnValue("name", "周大军"),
        OwnValue("unit", "安达设备维保"),
        OwnValue("phone", "13812345172"),
        OwnValue("document", "work_card", "code"),
        OwnValue("document_tail", "4471"),
        OwnValue("host", "王敏"),
        OwnValue("purpose", "maintenance", "code"),
        OwnValue("came_at", OPENING, "instant"),
    ),
)
TALK = OwnRecord(
    "reception",
    5,
    (
        OwnValue("surname", "周"),
        OwnValue("title", "mr", "code"),
        OwnValue("service", "P01", "service"),
        OwnValue("advice", "explained,mobile", "codes"),
        OwnValue("note", "想了解贷款"),
    ),
)
PERIODS_NOW = tuple(
    Period(key, limit.default, limit.least, limit.most, limit.default, None)
    for key, limit in PERIODS.items()
)
MATERIAL = Material(
    BRANCH,
    {"P01": Name("开户", "Open an account")},
    (
        Notice(
            "register", 1, "来访信息由{branch}收集，保存 {days} 天", "{branch}: {days} days", 90
        ),
        Notice("reception", 1, "电话由{branch}记下，保存 {days} 天", "{branch}: {days} days", 30),
    ),
    PERIODS_NOW,
)


def found(kind: str, ref: int, *, gone: bool = False) -> FoundRecord:
    """A linked record."""
    return FoundRecord(
        kind, ref, DAY, "周*军", "安达设备维保", "138****5172", "", "", False, gone=gone
    )


def case_of(kind: str, state: str = "done", **other: Any) -> RequestCase:
    """A request of a kind about two records."""
    items = other.pop("items", (found("visitor", 17), found("reception", 5)))
    line = RequestLine(
        3, "GR-2026-0003", kind, "周*军", "138****5172", DAY, "2026-12-05", 15, state, True, 2
    )
    values: dict[str, Any] = {
        "wish": "想知道你们留了我哪些信息",
        "taken_by": "陈晓东",
        "checked_by": "陈晓东",
        "reason": "",
        "answer": "",
        "ended_on": "" if state == "open" else "2026-11-24",
        "ended_by": "" if state == "open" else "赵建国",
        "corrected": False,
        **other,
    }
    return RequestCase(line=line, items=items, rev=9, **values)


PREVIEW = Preview(
    DAY,
    tuple(
        KindPreview(
            kind,
            PERIODS[PERIOD_OF[kind]].default if PERIOD_OF[kind] else None,
            120 + at,
            at,
            2 * at,
            "2026-08-22",
            ((Held.HOLD, 1),) if kind == Kind.VISITOR else (),
        )
        for at, kind in enumerate(Kind)
    ),
)
RUNS = (
    PastRun(DAY, OPENING, 0, "", {"visitor": 12, "care": 3}),
    PastRun("2026-11-19", OPENING, 2, "赵建国", {}),
)
