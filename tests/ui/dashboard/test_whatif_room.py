"""The answer of a what-if has room in the smallest window, whatever its figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from branch.lobby.queries.summary import Waits
from branch.lobby.whatif import Comparison, Course
from tests.ui.dashboard.test_window import unread
from ui.dashboard.whatif import WhatIfPage
from ui.dashboard.whatif_day import PAYDAY
from ui.dashboard.whatif_lines import CreditLine
from ui.dashboard.whatif_result import Result
from ui.dashboard.window import DashboardWindow
from ui.shell.language import language
from ui.widgets.state import State

CLASSES = ("elderly", "pregnant_or_infant", "ordinary")
OPENED = 1_795_136_400_000


def course(waited: int, count: int) -> Course:
    """Everybody waited so many minutes."""
    waits = Waits(count, waited * 60, waited * 60, waited * 60, waited * 60)
    return Course(
        waits=waits,
        by_class=dict.fromkeys(CLASSES, waits),
        served=count,
        left=count,
        over=count,
        over_by_class=dict.fromkeys(CLASSES, count),
        waited=waited * 60_000 * count,
        since=OPENED,
        in_line=(0, count, 0),
        last_call=OPENED + 20 * 60_000,
    )


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize(
    ("before", "after"),
    [(course(149, 131), course(281, 298)), (course(281, 298), course(149, 131))],
)
def test_long_waits_side_by_side(
    show: Callable[..., DashboardWindow], qtbot: QtBot, code: str, before: Course, after: Course
) -> None:
    language().choose(code)
    window = show(size=(1280, 800))
    page = window.show_page("whatif")
    assert isinstance(page, WhatIfPage)
    qtbot.waitUntil(lambda: page._offer is not None)
    assert page._offer is not None
    found = Comparison(before, before, after, 7)
    page.result.show_result(Result(PAYDAY, (CreditLine("elderly", 0),), page._offer, found))
    qtbot.waitUntil(page.result.table.updatesEnabled)
    assert unread(window) == []
    # Nothing stands beside what can be seen.
    assert page.result._area.horizontalScrollBar().maximum() == 0
    assert window.size().toTuple() == (1280, 800)


def test_a_figure_stands_beside_that_of_the_day(
    show: Callable[..., DashboardWindow], qtbot: QtBot
) -> None:
    window = show()
    page = window.show_page("whatif")
    assert isinstance(page, WhatIfPage)
    qtbot.waitUntil(lambda: page._offer is not None)
    assert page._offer is not None
    before, after = course(42, 17), course(30, 24)
    found = Comparison(before, before, after, 0)
    page.result.show_result(Result(PAYDAY, (CreditLine("elderly", 0),), page._offer, found))
    told = [figure.accessibleName() for figure in page.result.figures]
    assert told[0] == "平均等候 30 分钟，当天 42"
    assert told[4] == "未办离开 24 人，当天 17"
    # What became worse has its sign.
    states = [figure.text().state for figure in page.result.figures]
    assert states == [None, None, None, State.ATTENTION, State.ATTENTION]
