"""A branch's whole day on an encrypted store is the plain store's day, and tells nobody of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from branch.bootstrap import Branch, open_branch
from branch.catalogue.queries import priority_classes, services
from branch.kernel import journal
from branch.kernel.clock import PlayClock, SetClock
from branch.kernel.file_head import head_of
from branch.kernel.key_ring import KeyRing
from branch.kernel.opening import enter_recovery_key
from branch.lobby.queries.summary import day_summary
from branch.people.commands import BreakGlass
from branch.people.queries import break_glass_text, open_break_glass
from branch.tools.day_file import read_day
from branch.tools.day_play import DayPlay
from branch.visitors.queries.register import search_register
from tests.conftest import OPENING, SHANGHAI
from tests.keyed import copy_sample, keyed, manager
from tests.visitors.gate import BRANCH_MANAGER, Gate

FRIDAY = Path(__file__).parents[2] / "resources" / "samples" / "days" / "ordinary_friday.csv"
NAME, PHONE, NUMBER, REASON = "周小军", "13800135172", "E12345678", "有人在办公区昏倒"


def play(branch: Branch, clock: PlayClock) -> None:
    codes = {service.code for service in services(branch.store)}
    classes = {klass.code for klass in priority_classes(branch.store)}
    day, visitors = read_day(FRIDAY, SHANGHAI, codes, classes)
    played = DayPlay(branch, day, visitors)
    while played.next_at is not None:
        with clock.hold(played.next_at):
            played.step()


def receive(branch: Branch) -> None:
    """Somebody comes to the office area, and somebody takes emergency access."""
    gate = Gate(branch, SetClock(OPENING))
    came = gate.come(NAME, phone=PHONE, document="passport", number=NUMBER, checked=True)
    assert came.state == "inside"
    gate.run(BreakGlass("medical", REASON), by=BRANCH_MANAGER)


def facts(branch: Branch) -> list[tuple[str, str, dict[str, object]]]:
    return [
        (entry.what, entry.subject, dict(entry.data))
        for entry in journal.entries(branch.store)
        if entry.topic != "key"
    ]


def test_a_day_a_new_key_and_another_machine(sample_file: Path, tmp_path: Path) -> None:
    told = []
    for encrypted in (False, True):
        folder, config = tmp_path / f"data-{encrypted}", tmp_path / f"config-{encrypted}"
        place = keyed(copy_sample(sample_file, folder), config, encrypted)
        branch = open_branch(place.url, SetClock(OPENING), place.ring)
        receive(branch)
        branch.close()
        clock = PlayClock()
        branch = open_branch(place.url, clock, place.ring)
        play(branch, clock)
        told.append((facts(branch), day_summary(branch.store, "2026-11-20")))
        assert journal.verify(branch.store) == journal.head(branch.store)[0]
        if encrypted:
            assert in_the_clear(folder) == set()
        branch.close()
        assert (in_the_clear(folder) == set()) is encrypted
    assert told[0] == told[1]
    assert len(told[0][0]) > 500

    branch = place.open()
    branch.rotate_key(manager(branch))
    paper = branch.recovery_key()
    branch.close()
    there = tmp_path / "there"
    shutil.copytree(folder, there)
    ring = KeyRing(tmp_path / "config-there")
    enter_recovery_key(ring, paper, head_of(there / "branch.db").fingerprint)
    branch = open_branch(f"sqlite:///{there / 'branch.db'}", SetClock(OPENING), ring)
    assert day_summary(branch.store, "2026-11-20") == told[1][1]
    for typed in (PHONE, NUMBER):
        assert [line.shown_name for line in search_register(branch.store, typed)] == ["周*军"]
    (glass,) = open_break_glass(branch.store)
    assert break_glass_text(branch.store, glass.id) == REASON
    branch.close()


def in_the_clear(folder: Path) -> set[str]:
    """What of a person, a member of staff or a table stands in the clear in any file."""
    wanted = (NAME, PHONE, NUMBER, REASON, "王敏", "CREATE TABLE", "ticket.issued")
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {text for text in wanted if text.encode() in content}
