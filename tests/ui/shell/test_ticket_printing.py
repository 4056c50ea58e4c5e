"""From a stored ticket to paper, and what is written down of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.errors import StoreUnavailable
from branch.kernel.settings import Settings, keep_machine_choice
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.screens import console
from branch.lobby.queries.slip import slip
from branch.lobby.queries.waiting import waiting
from ui.shell.station import Station
from ui.shell.ticket_printing import print_ticket, ticket_form

Run = Callable[[str, str, object], Any]


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    paper = tmp_path / "paper"
    keep_machine_choice(settings, "printer", f"folder:{paper}")
    return paper


@pytest.fixture
def station(station_for: Callable[[str, str], Station]) -> Station:
    return station_for("kiosk-1", "KIOSK")


class Told:
    """What ``done`` was told, in order."""

    def __init__(self) -> None:
        self.outcomes: list[bool] = []

    def __call__(self, printed: bool) -> None:
        self.outcomes.append(printed)


def test_a_printed_ticket_is_told_and_written_down(
    qtbot: QtBot, station: Station, run: Run, other: Branch, folder: Path
) -> None:
    issued = run("KIOSK", "kiosk-1", Issue("P05"))
    told = Told()
    print_ticket(station, issued.id, told)
    qtbot.waitUntil(lambda: told.outcomes == [True])
    (file,) = folder.iterdir()
    page = PdfReader(file).pages[0]
    assert issued.number in page.extract_text()
    qtbot.waitUntil(lambda: waiting(other.store)[0].print_state == "printed")
    assert console(other.store).help == ()


def test_a_second_print_is_a_reprint(
    qtbot: QtBot, station: Station, run: Run, other: Branch, folder: Path
) -> None:
    issued = run("KIOSK", "kiosk-1", Issue("P05"))
    told = Told()
    print_ticket(station, issued.id, told)
    qtbot.waitUntil(lambda: told.outcomes == [True])
    print_ticket(station, issued.id, told)
    qtbot.waitUntil(lambda: told.outcomes == [True, True])
    qtbot.waitUntil(lambda: waiting(other.store)[0].print_state == "reprinted")
    assert len(list(folder.iterdir())) == 2


def test_two_prints_at_once_are_told_apart(
    qtbot: QtBot, station: Station, run: Run, folder: Path
) -> None:
    first, second = (run("KIOSK", "kiosk-1", Issue("P05")) for _ in range(2))
    one, two = Told(), Told()
    print_ticket(station, first.id, one)
    print_ticket(station, second.id, two)
    qtbot.waitUntil(lambda: (one.outcomes, two.outcomes) == ([True], [True]))


def test_a_printer_that_is_gone_calls_the_lobby_manager(
    qtbot: QtBot, station: Station, run: Run, other: Branch, settings: Settings
) -> None:
    keep_machine_choice(settings, "printer", "a printer nobody has")
    issued = run("KIOSK", "kiosk-1", Issue("P05"))
    told = Told()
    print_ticket(station, issued.id, told)
    qtbot.waitUntil(lambda: told.outcomes == [False])
    qtbot.waitUntil(lambda: len(console(other.store).help) == 1)
    (asked,) = console(other.store).help
    assert (asked.kind, asked.number, asked.station) == ("printer", issued.number, "kiosk-1")
    (ticket,) = waiting(other.store)
    assert ticket.print_state == "failed"


def test_a_ticket_that_cannot_be_read_is_not_printed(
    qtbot: QtBot, station: Station, monkeypatch: pytest.MonkeyPatch, run: Run, folder: Path
) -> None:
    issued = run("KIOSK", "kiosk-1", Issue("P05"))

    def lost(*_given: object) -> None:
        raise StoreUnavailable("store_unreachable")

    monkeypatch.setattr("ui.shell.ticket_printing.slip", lost)
    told = Told()
    print_ticket(station, issued.id, told)
    qtbot.waitUntil(lambda: told.outcomes == [False])
    assert not folder.exists()


def test_the_form_speaks_the_customers_language(station: Station, run: Run, other: Branch) -> None:
    issued = run("KIOSK", "kiosk-1", Issue("P01", language="en"))
    form = ticket_form(slip(other.store, issued.id), "kiosk-1", station.zone)
    assert form.language == "en"
    assert form.service_name == "Cash deposit"
    assert form.documents == ("Card or passbook",)
    assert (form.elderly_credit, form.largest_credit, form.ahead) == (30, 45, 0)
    assert (form.wait_low, form.wait_high) == (None, None)
    assert f"{form.issued_at:%H:%M}" == "09:00"


def test_the_form_names_where_it_was_taken(station: Station, run: Run, other: Branch) -> None:
    issued = run("KIOSK", "kiosk-1", Issue("P01"))
    kept = slip(other.store, issued.id)
    assert ticket_form(kept, "kiosk-2", station.zone).kiosk_name == "取号机 2"
    assert ticket_form(kept, "lobby", station.zone).kiosk_name == "大堂"
