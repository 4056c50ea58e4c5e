"""Expected waits on the console: queue heads, the ticket to be issued, and what it is promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from branch.lobby.waits.projection import Spread
from tests.ui.lobby.conftest import Lobby
from tests.ui.lobby.test_layout import cut, outside, settle
from tests.ui.waits import SetWaits, an_outlook, everywhere
from ui.lobby.ticket_dialog import TicketDialog
from ui.lobby.window import LobbyWindow
from ui.shell.language import language
from ui.shell.waits import Promise

Show = Callable[..., LobbyWindow]


def head(window: LobbyWindow, letter: str) -> str:
    return window.floor.board.column(letter).caption.whole_text()


def test_queue_heads_show_the_wait_of_a_new_ticket(
    lobby: Lobby, show_console: Show, waits: SetWaits
) -> None:
    lobby.issue("cash")
    window = show_console()
    assert head(window, "A") == "新取号暂时无法估计"
    # From the shortest of the queue's services to the longest.
    waits.show(an_outlook({("P01", 0): (8.3, 12.0), ("P02", 0): (9.0, 14.6)}))
    assert head(window, "A") == "新取号约 8–15 分钟"
    assert head(window, "E") == "新取号暂时无法估计"
    waits.show(an_outlook({("P01", 0): (70.0, 80.0)}))
    assert head(window, "A") == "新取号 1 小时以上"
    waits.show(an_outlook({("P01", 0): (70.0, 80.0)}, usual=True))
    assert head(window, "A") == "按往常 1 小时以上"
    waits.show(an_outlook({("P01", 0): (8.3, 14.6)}, usual=True))
    assert head(window, "A") == "按往常约 8–15 分钟"
    lobby.open(6)
    lobby.until(lambda: head(window, "E") == "新取号现在可办")
    waits.show(an_outlook({("P01", 0): (3.0, 3.0)}))
    language().choose("en")
    lobby.until(lambda: head(window, "A") == "New ticket about 3 min")


def test_the_well_shows_the_wait_of_the_chosen_class(
    lobby: Lobby, show_console: Show, waits: SetWaits
) -> None:
    lobby.issue("cash")
    lobby.open(1)
    lobby.call(1)
    lobby.issue("cash")
    window = show_console()
    waits.show(everywhere(lobby.other.store, 12, 20, credit=30))
    well = window.form.well
    lobby.press(window.form.group("cash"))
    lobby.until(lambda: well.wait.text() == "约 12–20 分钟")
    lobby.press(window.form.flag("elderly"))
    lobby.until(lambda: well.wait.text() == "约 6–10 分钟")
    # Forty-five minutes are more than thirty and as much as any class here has.
    lobby.press_by_key(window.form.flag("elderly"))
    lobby.press(window.form.flag("mobility"))
    lobby.until(lambda: well.title.whole_text() == "现金 行动不便优先")
    lobby.until(lambda: well.wait.text() == "约 6–10 分钟")
    waits.show(everywhere(lobby.other.store, 12, 20, credit=30, usual=True))
    window.greeter.tick()
    lobby.until(lambda: well.wait.text() == "按往常约 6–10 分钟")


def test_who_is_booked_waits_by_his_slot(lobby: Lobby, show_console: Show, waits: SetWaits) -> None:
    lobby.issue("loan")
    window = show_console()
    waits.show(everywhere(lobby.other.store, 12, 20, credit=30))
    well = window.form.well
    window.greeter.set_flag("booked", True)
    lobby.press(window.form.group("loan"))
    # Long before his slot he comes as everybody does, at his slot thirty minutes earlier.
    for slot, wait in ((180, "约 12–20 分钟"), (0, "约 6–10 分钟")):
        later = lobby.clock.now_ms() + slot * 60_000
        window.greeter._choose(window.greeter.chosen.with_slot(later))
        lobby.until(lambda wait=wait: well.wait.text() == wait)
    # The store knows what a booking's code stands for; nothing is said before it is asked.
    window.greeter._choose(window.greeter.chosen.with_booking("123456"))
    assert well.wait.text() == "暂时无法估计"


def test_what_is_issued_is_promised_and_printed(
    lobby: Lobby, console: LobbyWindow, waits: SetWaits, paper: Path
) -> None:
    waits.promise = Promise(Spread(11.6, 15.0, 19.4), usual=False)
    lobby.press(console.form.group("cash"))
    lobby.press(console.form.issue_button)
    lobby.until_told(console, "A001 已出号，正在打印")
    # To the end: a file is there before it is whole.
    lobby.until(lambda: [f.read_bytes()[-6:].strip() for f in paper.glob("*.pdf")] == [b"%%EOF"])
    (file,) = paper.glob("*.pdf")
    assert "预计等候11–20分钟" in "".join(PdfReader(file).pages[0].extract_text().split())
    (made,) = lobby.facts("promise.made")
    assert made.subject == str(lobby.waiting()[0].id)


@pytest.mark.parametrize("speech", ["zh", "en"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
@pytest.mark.parametrize("usual", [False, True])
def test_the_longest_words_have_room(
    lobby: Lobby,
    show_console: Show,
    waits: SetWaits,
    size: tuple[int, int],
    speech: str,
    usual: bool,
) -> None:
    for group in ("cash", "cards", "corporate", "wealth"):
        lobby.issue(group)
    window = show_console(size=size)
    language().choose(speech)
    for low, high in ((25, 80), (90, 99), (0, 55)):
        waits.show(everywhere(lobby.other.store, low, high, usual=usual))
        window.greeter.set_flag("mobility", True)
        window.greeter.choose_group("fx_other")
        name = window.acts.picture.group("fx_other").short.text(speech)
        lobby.until(lambda name=name: window.form.well.title.whole_text().startswith(name))
        settle(window)
        assert cut(window) == []
        assert outside(window) == []


def test_a_waiting_ticket_tells_how_long_it_still_waits(
    lobby: Lobby, show_console: Show, waits: SetWaits
) -> None:
    issued, other = lobby.issue("cash"), lobby.issue("cash")
    outlook = replace(an_outlook({}), tickets={issued.id: Spread(4.2, 7.0, 11.1)})
    window = show_console()
    waits.show(outlook)
    lobby.open_row(window.floor.board.column("A").list, issued.number)
    dialog = lobby.dialog(window, TicketDialog)
    assert "预计还要等：约 4–12 分钟" in dialog.facts.text()
    dialog.reject()
    # Of one that no open counter will call nothing is said.
    lobby.open_row(window.floor.board.column("A").list, other.number)
    lobby.until(lambda: len([d for d in window.findChildren(TicketDialog) if d.isVisible()]) == 1)
    assert "预计" not in lobby.dialog(window, TicketDialog).facts.text()
