"""A stored ticket on its way to paper: what the paper says, and what is written down of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinterInfo
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.settings import Settings, keep_machine_choice
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.slip import slip
from ui.shell.station import Station
from ui.shell.ticket_printing import print_ticket, ticket_form

Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]


def _print(qtbot: QtBot, station: Station, ticket: int) -> bool:
    heard: list[bool] = []
    print_ticket(station, ticket, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    return heard[0]


def _rows(other: Branch, sql: str) -> list[tuple[Any, ...]]:
    return list(other.store.database.execute_sql(sql).fetchall())


def test_the_paper_carries_the_ticket(
    qtbot: QtBot,
    station_for: StationFor,
    run: Run,
    other: Branch,
    settings: Settings,
    tmp_path: Path,
) -> None:
    keep_machine_choice(settings, "printer", f"folder:{tmp_path / 'paper'}")
    issued = run("KIOSK", "kiosk-1", Issue("P08"))
    assert _print(qtbot, station_for("kiosk-1", "KIOSK"), issued.id)
    (paper,) = (tmp_path / "paper").iterdir()
    assert issued.number in PdfReader(paper).pages[0].extract_text()
    state = "SELECT print_state FROM ticket"
    qtbot.waitUntil(lambda: _rows(other, state) == [("printed",)])
    assert _rows(other, "SELECT id FROM help") == []


def test_a_second_paper_is_a_reprint(
    qtbot: QtBot,
    station_for: StationFor,
    run: Run,
    other: Branch,
    settings: Settings,
    tmp_path: Path,
) -> None:
    keep_machine_choice(settings, "printer", f"folder:{tmp_path / 'paper'}")
    station = station_for("kiosk-1", "KIOSK")
    issued = run("KIOSK", "kiosk-1", Issue("P08"))
    assert _print(qtbot, station, issued.id)
    assert _print(qtbot, station, issued.id)
    state = "SELECT print_state FROM ticket"
    qtbot.waitUntil(lambda: _rows(other, state) == [("reprinted",)])
    assert len(list((tmp_path / "paper").iterdir())) == 2


def test_no_paper_calls_the_lobby_manager(
    qtbot: QtBot,
    station_for: StationFor,
    run: Run,
    other: Branch,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QPrinterInfo, "printerInfo", staticmethod(lambda _name: QPrinterInfo()))
    keep_machine_choice(settings, "printer", "Kiosk")
    issued = run("KIOSK", "kiosk-1", Issue("P08"))
    assert not _print(qtbot, station_for("kiosk-1", "KIOSK"), issued.id)
    state = "SELECT print_state FROM ticket"
    qtbot.waitUntil(lambda: _rows(other, state) == [("failed",)])
    asked = "SELECT station, kind, ticket FROM help"
    qtbot.waitUntil(lambda: _rows(other, asked) == [("kiosk-1", "printer", issued.id)])


def test_the_form_speaks_the_language_of_the_ticket(
    station_for: StationFor, run: Run, other: Branch
) -> None:
    station = station_for("kiosk-1", "KIOSK")
    issued = run("KIOSK", "kiosk-1", Issue("P05", language="en"))
    form = ticket_form(slip(other.store, issued.id), station.name, station.zone)
    assert (form.language, form.number, form.area) == ("en", "C001", "B")
    assert form.documents == (
        "Own valid identity document (original)",
        "Own registered mobile phone",
    )
    assert (form.ahead, form.elderly_credit, form.largest_credit) == (0, 30, 45)
    assert f"{form.issued_at:%H:%M}" == "09:00"
    run("KIOSK", "kiosk-2", Issue("P08"))
    later = run("100301", "lobby", Issue("P08"))
    form = ticket_form(slip(other.store, later.id), "lobby", station.zone)
    assert (form.kiosk_name, form.ahead) == ("大堂", 2)
