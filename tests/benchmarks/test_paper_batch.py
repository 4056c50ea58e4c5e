"""What the GUI thread feels of many papers that are issued beside it, the desk's window open.

Run with ``make bench``. The bound (never away over 16 ms) is read by a person: a timed assertion
would fail on a busy machine.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import open_branch
from branch.complaints.commands.acceptance import Accept
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from branch.people.queries import staff_members
from tests.benchmarks.gui_thread import Heart, live
from tests.complaints.desk import OFFICER, Desk
from tests.ui.light import put_on_light
from tests.ui.waits import SetWaits
from ui.complaints.paper_batch import PaperBatch
from ui.complaints.window import ComplaintsWindow
from ui.shell.application import favour_the_gui_thread, spare_the_collector
from ui.shell.collecting import Collector
from ui.shell.fonts import load_fonts
from ui.shell.station import Person, Station
from ui.shell.worker import Worker

CASES = 300


def test_the_gui_thread_during_a_batch(
    qapp: QApplication,
    qtbot: QtBot,
    sqlite_url: str,
    clock: SetClock,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    branch = open_branch(sqlite_url, clock)
    desk = Desk(branch, clock)
    cases = tuple(desk.register() for _at in range(CASES))
    for case in cases:
        desk.run(Accept(case, "verified"))
    member = next(one for one in staff_members(branch.store) if one.staff_no == OFFICER)
    person = Person(member.id, member.staff_no, member.name, member.roles)
    name = branch_name(branch.store)
    branch.close()
    favour_the_gui_thread()
    collector = Collector(qapp)
    load_fonts()
    put_on_light(qapp)
    worker = Worker(sqlite_url, clock)
    with qtbot.waitSignal(worker.opened):
        worker.start()
    settings = Settings(home=tmp_path, config=tmp_path / "config", database=sqlite_url)
    station = Station(worker, "complaints", person, name, clock, settings, SetWaits(worker))
    window = ComplaintsWindow(station)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.view.record() is not None)
    window.papers.batch(cases)
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperBatch)))
    dialog = window.findChildren(PaperBatch)[0]
    dialog.form.combo.choose("TS-02A")
    dialog.issue.setChecked(True)
    live(0.5)
    spare_the_collector()
    heart = Heart()
    began = time.perf_counter()
    dialog.begin(None, tmp_path)
    while dialog.close_button.text() != "完成":
        live(0.1)
    took = time.perf_counter() - began
    late = sorted(heart.late)
    heart.deleteLater()
    collector.deleteLater()
    worker.stop()
    with capsys.disabled():
        print(
            f"\n{CASES} papers in {took:.1f} s: the GUI thread was away for {late[-1]:.1f} ms at "
            f"most, 99 of 100 times for {late[len(late) * 99 // 100]:.1f} ms"
        )
    assert len(list(tmp_path.glob("TS-02A *.pdf"))) == CASES
