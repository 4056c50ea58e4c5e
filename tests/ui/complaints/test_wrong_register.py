"""What only the branch refuses in a registration: its page comes back, the sentence stands at the
field, the keyboard is there, and nothing that was typed is cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.complaints.intake import Intake


def agent(intake: Intake) -> None:
    intake.person.capacity.combo.choose("agent")
    intake.person.agent.set_text("刘" * 61)


def company(intake: Intake) -> None:
    intake.person.capacity.combo.choose("legal_representative")
    intake.person.credit_code.set_text("9" * 21)


def together(intake: Intake) -> None:
    intake.person.group.setChecked(True)
    intake.person.parties.set_text("１２")
    intake.person.representatives.set_text("甲、乙、丙、丁、戊、己")


@pytest.mark.parametrize(
    ("spoil", "page", "place", "told"),
    [
        (lambda i: i.person.phone.set_text("1" * 21), 0, "person.phone", "最多 20 个字"),
        (agent, 0, "person.agent", "最多 60 个字，现在有 61 个"),
        (company, 0, "person.credit_code", "最多 20 个字，现在有 21 个"),
        (together, 0, "person.representatives", "共同投诉最多推选 5 名代表"),
        (lambda i: i.matter.heading.set_text("题" * 61), 1, "matter.heading", "最多 60 个字"),
        (lambda i: i.matter.claims.set_text("要" * 5001), 1, "matter.claims", "最多 5000 个字"),
        (lambda i: i.matter.place.set_text("厅" * 201), 1, "matter.place", "最多"),
    ],
)
def test_it_leads_back_to_the_field(
    intake: Intake, spoil: Callable[[Intake], None], page: int, place: str, told: str
) -> None:
    intake.fill()
    spoil(intake)
    if intake.dialog.read_back.said.isVisible():
        intake.press(intake.dialog.read_back.said)
    intake.next()
    part, name = place.split(".")
    field = getattr(getattr(intake, part), name)
    intake.qtbot.waitUntil(lambda: field.error_text() != "")
    assert field.error_text().startswith(told)
    assert intake.dialog.page() == page
    intake.qtbot.waitUntil(lambda: intake.dialog.focusWidget() is field.edit)
    assert not intake.come
