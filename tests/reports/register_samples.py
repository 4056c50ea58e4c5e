"""Visitors, people inside and a key that the tests print."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from branch.catalogue.queries import Name
from branch.kernel.clock import to_ms
from branch.lobby.queries.screens import BranchName
from branch.visitors.queries.register import VisitorLine
from branch.visitors.queries.roster import Roster, Somebody

CAME = datetime(2026, 11, 20, 8, 52, tzinfo=ZoneInfo("Asia/Shanghai"))
NOW = to_ms(CAME.replace(hour=10, minute=26))
BRANCH = BranchName(
    "HB001",
    Name("云川银行湖滨路支行", "Yunchuan Bank, Lakeside Road Branch"),
    "Asia/Shanghai",
    "09:00",
    "17:00",
)

INSIDE = VisitorLine(
    id=4,
    state="inside",
    shown_name="周*军",
    unit="安达设备维保",
    matter="自助机月检",
    purpose="maintenance",
    host=3,
    host_name="李静",
    document="resident_id",
    tail="4471",
    checked_by="马强",
    shown_phone="138****5172",
    badge="V-04",
    area="machine_area",
    goods="工具箱",
    has_plate=True,
    has_guardian=False,
    has_signature=True,
    day="2026-11-20",
    expected_at=None,
    came_at=to_ms(CAME),
    left_at=None,
    left_by="",
    answered_at=None,
    told_at=None,
    blocked=None,
    rev=1,
)
LEFT = replace(
    INSIDE,
    id=5,
    state="left",
    shown_name="何*",
    unit="清源保洁",
    matter="",
    purpose="other",
    document="work_card",
    tail="118",
    checked_by="",
    badge="V-05",
    area="hall",
    goods="",
    has_plate=False,
    left_at=NOW,
    left_by="guard",
)
EXPECTED = replace(
    LEFT,
    id=6,
    state="no_show",
    shown_name="欧**娜",
    document="",
    tail="",
    badge="",
    expected_at=NOW,
    came_at=None,
    left_at=None,
    left_by="",
)

PEOPLE = Roster(
    NOW,
    (
        Somebody("staff", 3, "李静", "lobby"),
        Somebody("staff", 7, "王敏", "counter-1"),
        Somebody("visitor", 4, "周建军", "machine_area", "安达设备维保", "V-04", "李静"),
        Somebody("customer", 30, "A030", ""),
        Somebody("customer", 31, "A031", "counter-2"),
        Somebody("assisted", 32, "A032", "", help=("step_free", "companion")),
    ),
)
