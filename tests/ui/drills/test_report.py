"""Every shipped scenario can be run by the sample branch's people to a report on paper."""

from __future__ import annotations

import pytest

from branch.bootstrap import Branch
from branch.drills.commands.evidence import AddPhoto
from branch.drills.commands.review import ReviewRun
from branch.drills.shipped import shipped_scenarios
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.lobby.queries.screens import branch_name
from reports.forms.drill_report import drill_report_pdf
from reports.letterhead import Origin
from tests.drills.desk import HEAD, Desk
from tests.ui.drills.test_after import picture
from ui.drills.report_dialog import filed
from ui.widgets.blur_dialog import jpeg_of


@pytest.mark.parametrize("code", list(shipped_scenarios()))
def test_a_run_comes_to_its_report(other: Branch, clock: SetClock, code: str) -> None:
    desk = Desk(other, clock)
    run = desk.played(code)
    desk.run(AddPhoto(run, None, jpeg_of(picture())))
    desk.run(ReviewRun(run), HEAD)
    found = filed(other, run, Actor(desk.staff(HEAD), "drills"))
    assert found.report.score.points == 100
    assert len(found.pictures) == 1
    for language in ("zh", "en"):
        origin = Origin(language, branch_name(other.store), clock.now_ms())
        assert drill_report_pdf(found.report, origin, found.pictures).startswith(b"%PDF")
    opened = [one for one in desk.entries if one.what == "drill.photo_opened"]
    assert len(opened) == 1
