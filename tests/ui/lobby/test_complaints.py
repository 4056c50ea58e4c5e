"""A complaint at the console: from the bar, by key, and from the ticket of who complains."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branch.complaints.queries.desk import CaseLine, running_cases
from branch.complaints.queries.detail import case_detail
from branch.people.queries import account_id, staff_members
from tests.ui.lobby.conftest import Lobby
from ui.lobby.window import LobbyWindow
from ui.widgets.intake import draft
from ui.widgets.intake.dialog import DONE, RegisterDialog

Show = Callable[..., LobbyWindow]
OFFICER = "100303"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    yield
    draft._KEPT.clear()


def the_dialog(console: LobbyWindow) -> RegisterDialog:
    found = [one for one in console.findChildren(RegisterDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def complete(lobby: Lobby, dialog: RegisterDialog) -> None:
    """The rest of a complaint whose channel is chosen."""
    dialog.source.person.name.set_text("陈小梅")
    dialog._next()
    dialog.matter.matter.facts.set_text("等了一小时。")
    dialog._next()
    dialog.read_back.said.click()
    dialog._next()
    lobby.until(lambda: dialog.page() == DONE)


def cases(lobby: Lobby) -> tuple[CaseLine, ...]:
    staff = account_id(lobby.other.store, OFFICER)
    assert staff is not None
    return running_cases(lobby.other.store, staff)


def test_the_key_opens_the_registration(lobby: Lobby, show_console: Show) -> None:
    console = show_console()
    assert console.top.complaint_button.text() == "转投诉"
    QTest.keyClick(console, Qt.Key.Key_F6)
    dialog = the_dialog(console)
    dialog.source.source.channels.tile("phone").click()
    complete(lobby, dialog)
    (case,) = cases(lobby)
    assert (case.channel, case.registered_by) == ("phone", console._station.person.staff)
    lobby.until_told(console, f"{case.number} 已登记")


def test_a_ticket_brings_its_number(lobby: Lobby, show_console: Show) -> None:
    console = show_console()
    lobby.open(1)
    ticket = lobby.issue("cash")
    lobby.until(lambda: console.acts.picture.ticket(ticket.id) is not None)
    console.acts.open_ticket(ticket.id)
    opened = console.acts._ticket_dialog
    assert opened is not None
    lobby.press(opened.button("complaint"))
    dialog = the_dialog(console)
    assert f"号票 {ticket.number}" in dialog.place.text()
    assert dialog.source.source.channels.code() == "on_site"
    complete(lobby, dialog)
    (case,) = cases(lobby)
    member = next(m for m in staff_members(lobby.other.store) if m.staff_no == OFFICER)
    today = console._station.now().date()
    found = case_detail(lobby.other.store, case.id, member.id, member.roles, today)
    assert found is not None
    assert found.values["ticket"] == ticket.id


def test_opening_the_case_goes_to_the_complaint_desk(lobby: Lobby, show_console: Show) -> None:
    console = show_console()
    lobby.press(console.top.complaint_button)
    dialog = the_dialog(console)
    dialog.source.source.channels.tile("on_site").click()
    complete(lobby, dialog)
    with lobby.qtbot.waitSignal(console._station.place_wanted, timeout=5000) as wanted:
        lobby.press(dialog.done_page.open_button)
    assert wanted.args == ["complaints"]
