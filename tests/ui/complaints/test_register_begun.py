"""A registration half typed comes back where it was begun, whatever else is begun meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from branch.complaints.commands.registration import Register
from branch.kernel.drafts import drafts_of
from tests.complaints.desk import LOBBY_MANAGER, WHAT, WHO
from tests.ui.complaints.intake import Intake, Run
from ui.widgets.intake import draft
from ui.widgets.intake.before import Before, before_of

TICKET = {"ticket": 7, "number": "A007"}


@pytest.fixture
def before(intake: Intake, run: Run) -> Before:
    """What is taken over of an earlier complaint."""
    come = run(LOBBY_MANAGER, "lobby", Register("phone", intake.station.now_ms(), WHO, WHAT))
    return before_of(intake.detail(come.id))


@pytest.fixture(params=["kept in memory", "killed"])
def killed(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether the program ends between two registrations."""
    yield request.param == "killed"
    draft._KEPT.clear()


def leave(intake: Intake, killed: bool) -> None:
    """Close the panel with a press, or lose the program once the disk has it all."""
    if not killed:
        intake.press(intake.dialog.close_button)
        return
    staff, typed = intake.station.person.staff, intake.dialog.draft().matter.facts

    def kept() -> bool:
        found = drafts_of(intake.other.store).found(staff)
        return typed in [one.fields["matter"]["facts"] for one in found]

    intake.qtbot.waitUntil(kept, timeout=5000)
    intake.dialog.keeper.deleteLater()
    intake.dialog.hide()
    draft._KEPT.clear()


def begin(intake: Intake, name: str, facts: str) -> None:
    intake.press(intake.source.channels.tile("on_site"))
    if name:
        intake.write(intake.person.name, name)
    intake.next()
    intake.write(intake.matter.facts, facts)


def comes_back(intake: Intake, facts: str, **how: object) -> None:
    intake.open(**how)
    intake.qtbot.waitUntil(intake.dialog.kept.isVisible, timeout=5000)
    assert intake.matter.facts.text() == facts


def test_one_taken_on_from_a_complaint_leaves_the_ordinary_one(
    intake: Intake, before: Before, killed: bool
) -> None:
    begin(intake, "王五", "排队太久，写到一半")
    leave(intake, killed)
    intake.open(before=before)
    assert not intake.dialog.kept.isVisible()
    begin(intake, "", "还是没有补偿")
    leave(intake, killed)
    comes_back(intake, "排队太久，写到一半")
    assert intake.person.name.text() == "王五"
    assert not intake.dialog.place.text().startswith("关联")
    leave(intake, False)
    comes_back(intake, "还是没有补偿", before=before)
    assert intake.dialog.place.text().startswith(f"关联 {before.number}")
    leave(intake, False)


def test_the_ordinary_one_leaves_one_taken_on_from_a_complaint(
    intake: Intake, before: Before, killed: bool
) -> None:
    intake.dialog.reject()
    intake.open(before=before)
    begin(intake, "", "还是没有补偿")
    leave(intake, killed)
    intake.open()
    assert not intake.dialog.kept.isVisible()
    begin(intake, "王五", "排队太久，写到一半")
    leave(intake, killed)
    comes_back(intake, "还是没有补偿", before=before)
    leave(intake, False)
    comes_back(intake, "排队太久，写到一半")
    leave(intake, False)


def test_one_begun_from_a_ticket_leaves_the_ordinary_one(intake: Intake, killed: bool) -> None:
    begin(intake, "王五", "排队太久，写到一半")
    leave(intake, killed)
    intake.open(**TICKET)
    begin(intake, "陈小梅", "柜员态度生硬")
    leave(intake, killed)
    comes_back(intake, "排队太久，写到一半")
    assert intake.dialog.draft().ticket is None
    leave(intake, False)
    comes_back(intake, "柜员态度生硬", **TICKET)
    assert intake.dialog.draft().ticket == 7
    leave(intake, False)


def test_one_begun_from_a_ticket_is_found_once_the_ticket_is_over(
    intake: Intake, killed: bool
) -> None:
    intake.dialog.reject()
    intake.open(**TICKET)
    begin(intake, "陈小梅", "柜员态度生硬")
    leave(intake, killed)
    intake.open(ticket=8, number="A008")
    begin(intake, "王五", "排队太久")
    intake.dialog._go(0)
    intake.press(intake.dialog.clear_button)
    leave(intake, False)
    comes_back(intake, "柜员态度生硬")
    assert intake.dialog.draft().ticket == 7
    leave(intake, False)


def test_registering_what_a_complaint_led_to_leaves_the_ordinary_one(
    intake: Intake, before: Before
) -> None:
    begin(intake, "王五", "排队太久，写到一半")
    leave(intake, False)
    intake.open(before=before)
    begin(intake, "", "还是没有补偿")
    intake.next()
    intake.register()
    intake.press(intake.dialog.done_page.again_button)
    assert intake.matter.facts.text() == "排队太久，写到一半"
    assert intake.dialog.kept.isVisible()
    # Cleared is what stands there, and nothing of it comes back.
    intake.press(intake.dialog.clear_button)
    assert intake.matter.facts.text() == ""
    leave(intake, False)
    assert draft._KEPT == {}


def test_clearing_leaves_what_the_panel_was_opened_from(intake: Intake, before: Before) -> None:
    begin(intake, "王五", "排队太久，写到一半")
    leave(intake, False)
    intake.open(before=before)
    intake.press(intake.source.channels.tile("on_site"))
    intake.press(intake.dialog.clear_button)
    assert intake.dialog.draft() == before.draft
    assert intake.dialog.place.text().startswith(f"关联 {before.number}")
    leave(intake, False)
    comes_back(intake, "排队太久，写到一半")
    leave(intake, False)
