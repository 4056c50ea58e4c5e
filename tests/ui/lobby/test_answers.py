"""What the button of an alert does, and when a row that was seen to comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from branch.lobby.commands.counters import PauseCounter
from branch.lobby.queries.screens import HelpAsked
from branch.lobby.queries.waiting import counters_now
from branch.lobby.waits.helping import Candidate, Gain
from branch.lobby.waits.outlook import Outlook
from branch.lobby.waits.projection import Spread
from tests.ui.lobby import made
from tests.ui.lobby.conftest import Lobby
from tests.ui.lobby.made import NOW
from tests.ui.lobby.test_layout import cut, outside, settle
from tests.ui.waits import SetWaits, everywhere
from ui.lobby.alert_list import AlertList
from ui.lobby.alert_words import alert_words
from ui.lobby.alerts import Alert, Kind, alerts
from ui.lobby.counter_dialog import CounterDialog
from ui.lobby.soothing import Soothing
from ui.lobby.suggest_dialog import SuggestDialog
from ui.lobby.window import LobbyWindow
from ui.shell.language import language

MINUTE = 60
Show = Callable[..., LobbyWindow]


def short(lobby: Lobby) -> Outlook:
    """Waits that nobody needs to worry about."""
    return everywhere(lobby.other.store, 2, 8)


def test_the_spare_counter_is_asked_with_one_press_and_undone_with_another(
    lobby: Lobby, show_console: Show
) -> None:
    lobby.open(1, 6)
    lobby.issue("cash")
    lobby.call(1)
    waits_here = lobby.issue("cash")
    lobby.clock.advance(2 * MINUTE)
    window = show_console()
    before = {c.number: c.services for c in counters_now(lobby.other.store)}[6]
    row = window.floor.alerts.row("spare-6-A")
    assert (row.subject.text(), row.text.whole_text()) == ("6 号柜台", "空闲，现金有 1 人在等")
    button = row.button("widen")
    assert button.text() == "请 6 号支援"
    lobby.press(button)
    lobby.until_told(window, "6 号柜台 的业务已改，下一次叫号起生效")
    after = {c.number: c.services for c in counters_now(lobby.other.store)}[6]
    assert before < after
    assert "P01" in after
    # Nobody was called by it: that is the teller's press.
    assert [ticket.id for ticket in lobby.waiting()] == [waits_here.id]
    assert window.toaster.undo_last()
    lobby.until(
        lambda: {c.number: c.services for c in counters_now(lobby.other.store)}[6] == before
    )


def tick(window: LobbyWindow) -> None:
    """A second goes by."""
    window._clock.timeout.emit()


def test_what_was_seen_to_is_quiet_for_ten_minutes(
    lobby: Lobby, show_console: Show, waits: SetWaits
) -> None:
    lobby.open(1)
    issued = lobby.issue("cash")
    lobby.call(1)
    waits.show(replace(short(lobby), long_after={"P01": 12.0}))
    lobby.clock.advance(13 * MINUTE)
    window = show_console()
    key = f"long-{issued.id}"
    row = window.floor.alerts.row(key)
    assert row.subject.text() == issued.number
    assert row.text.whole_text() == "1 号柜台已办 13 分钟，比多数同类业务久"
    assert row.button("soothe").text() == "我去看看"
    lobby.press(row.button("soothe"))
    lobby.until_told(window, "1 号柜台 由您去看看")
    assert window.floor.alerts.shown() == ()
    assert window.toaster.undo_last()
    assert window.floor.alerts.shown() == (key,)
    lobby.press_by_key(window.floor.alerts.row(key).button("soothe"))
    lobby.clock.advance(9 * MINUTE)
    tick(window)
    assert window.floor.alerts.shown() == ()
    lobby.clock.advance(2 * MINUTE)
    tick(window)
    assert window.floor.alerts.shown() == (key,)


def test_a_teller_away_for_long_is_asked_about(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1, 2)
    lobby.do(2, PauseCounter(2, "cash"))
    lobby.clock.advance(12 * MINUTE)
    window = show_console()
    (key,) = window.floor.alerts.shown()
    row = window.floor.alerts.row(key)
    assert row.accessibleName() == "2 号柜台 已暂停 12 分钟，换钞"
    assert row.button("soothe").accessibleName() == "我去问问，2 号柜台"
    lobby.press(row.button("soothe"))
    lobby.until_told(window, "2 号柜台 由您去问问")
    assert window.floor.alerts.shown() == ()
    # The counter itself is as it was: only its teller comes back.
    assert counters_now(lobby.other.store)[1].state == "paused"


def test_near_the_target_go_and_see_in_time(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1, 2)
    for counter in (1, 2):
        lobby.issue("cash")
        lobby.call(counter)
    first = lobby.issue("cash")
    lobby.issue("cash")
    lobby.clock.advance(17 * MINUTE)
    window = show_console()
    row = window.floor.alerts.row("near-A")
    said = f"{first.number} 已等候 17 分钟，接近目标 20 分钟，同队另有 1 人"
    assert row.accessibleName() == said
    lobby.press(row.button("soothe"))
    lobby.until_told(window, f"{first.number} 由您去安抚")
    assert window.floor.alerts.shown() == ()
    # Past the target is another matter.
    lobby.clock.advance(4 * MINUTE)
    tick(window)
    assert window.floor.alerts.shown() == (f"over-{first.id}",)


def test_without_a_supporter_the_row_leads_to_what_helps(
    lobby: Lobby, show_console: Show, waits: SetWaits
) -> None:
    lobby.open(6)
    able = {c.number: c.services for c in counters_now(lobby.other.store)}
    for _ in range(3):
        lobby.issue("corporate")
    waits.gains = (Gain(Candidate(1, able[1], "", opens=True), 0.0, 2),)
    window = show_console()
    row = window.floor.alerts.row("support-E")
    assert row.accessibleName() == "对公 等候 3 人，仅 6 号柜台可办"
    lobby.press(row.button("suggest"))
    dialog = lobby.dialog(window, SuggestDialog)
    lobby.until(lambda: dialog.told)
    assert [label.text() for label in dialog.lines] == ["1 号柜台加开，请安排柜员上岗"]
    assert [label.text() for label in dialog.savings] == ["2 位现在没有柜台可办的客户可以办"]
    assert dialog.buttons_shown == []
    lobby.press(dialog.close_button)
    # Who has looked has seen to it, until one more comes.
    lobby.until(lambda: window.floor.alerts.shown() == ())
    lobby.issue("corporate")
    lobby.until(lambda: window.floor.alerts.shown() == ("support-E",))


def test_a_queue_that_no_open_counter_serves(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1)
    lobby.issue("corporate")
    window = show_console()
    row = window.floor.alerts.row("support-E")
    assert row.accessibleName() == "对公 等候 1 人，没有开着的柜台可办"
    lobby.press(row.button("support"))
    lobby.press(lobby.dialog(window, CounterDialog).cancel_button)
    # Looked at and left as it is: that has its reason, until another one stands there.
    assert window.floor.alerts.shown() == ()
    lobby.issue("corporate")
    lobby.until(lambda: window.floor.alerts.shown() == ("support-E",))
    lobby.press_by_key(window.floor.alerts.row("support-E").button("support"))
    lobby.press(lobby.dialog(window, CounterDialog).save_button)
    lobby.until_told(window, "1 号柜台 的业务已改，下一次叫号起生效")
    lobby.until(lambda: window.floor.alerts.shown() == ())
    assert window.toaster.undo_last()
    lobby.until(lambda: "corporate" not in counters_now(lobby.other.store)[0].groups)


def test_a_widening_that_is_refused_leaves_the_row_to_be_pressed_again(
    lobby: Lobby, show_console: Show
) -> None:
    lobby.open(1, 6)
    lobby.issue("cash")
    lobby.call(1)
    lobby.issue("cash")
    lobby.clock.advance(2 * MINUTE)
    window = show_console("100302")
    button = window.floor.alerts.row("spare-6-A").button("widen")
    lobby.press(button)
    lobby.until(lambda: bool(lobby.toasts(window)))
    assert button.isEnabled()


def test_the_load_leads_to_the_change_that_helps_most(
    lobby: Lobby, show_console: Show, waits: SetWaits
) -> None:
    lobby.open(1, 6)
    waits.show(replace(short(lobby), load=1.2))
    able = {c.number: c.services for c in counters_now(lobby.other.store)}
    waits.gains = (
        Gain(Candidate(6, able[6] | {"P01", "P02"}, "cash", opens=False), 8.4),
        Gain(Candidate(3, able[3], "", opens=True), 4.0),
    )
    window = show_console()
    row = window.floor.alerts.row("load")
    assert row.text.whole_text() == "近半小时来的业务已占柜台能力的 120%"
    lobby.press(row.button("suggest"))
    dialog = lobby.dialog(window, SuggestDialog)
    lobby.until(lambda: len(dialog.lines) == 2)
    assert [line.text() for line in dialog.lines] == [
        "6 号柜台也办现金",
        "3 号柜台加开，请安排柜员上岗",
    ]
    assert [line.text() for line in dialog.savings] == [
        "平均每人少等 8 分钟",
        "平均每人少等 4 分钟",
    ]
    (button,) = dialog.buttons_shown
    lobby.until(button.isVisible)
    lobby.press(button)
    lobby.until_told(window, "6 号柜台 的业务已改，下一次叫号起生效")
    after = {c.number: c.services for c in counters_now(lobby.other.store)}
    assert after[6] == able[6] | {"P01", "P02"}
    # The load itself falls with the half hour; until then its row has done its work.
    assert window.floor.alerts.shown() == ()
    lobby.clock.advance(10 * MINUTE)
    tick(window)
    assert window.floor.alerts.shown() == ("load",)


def test_without_an_estimate_the_suggestion_says_so(
    lobby: Lobby, show_console: Show, waits: SetWaits
) -> None:
    lobby.open(1)
    waits.show(replace(short(lobby), load=1.2))
    window = show_console()
    lobby.press(window.floor.alerts.row("load").button("suggest"))
    dialog = lobby.dialog(window, SuggestDialog)
    lobby.until(lambda: dialog.text.text() == "暂时无法估计，请稍后再看")
    waits.gains = ()
    dialog.reject()
    lobby.press_by_key(window.floor.alerts.row("load").button("suggest"))
    lobby.until(
        lambda: any("不会明显缩短" in d.text.text() for d in window.findChildren(SuggestDialog))
    )


HELP = tuple(
    HelpAsked(n, f"counter-{n}", kind, "A900", NOW - 12 * made.MINUTE)
    for n, kind in ((1, "counter"), (8, "printer"), (3, "customer"))
)
# Every kind of alert, and its longest words.
EVERY = made.lobby(
    [
        made.counter(1, "cash1", serves="cash1", minutes=72),
        made.counter(2, "cards1", state="paused", reason="equipment", minutes=131),
        made.counter(3, "cards1", serves="cards1", minutes=3),
        made.counter(4, "transfer1"),
        made.counter(5, "cash1", serves="cash1", minutes=3),
    ],
    [
        *(made.ticket(100 + n, "cash1", 131) for n in range(12)),
        *(made.ticket(300 + n, "cards1", 17) for n in range(12)),
        *(made.ticket(400 + n, "corporate1", 3) for n in range(12)),
        replace(made.ticket(900, "cards1", 1), print_state="failed"),
    ],
    HELP,
)


def every_kind(lobby: Lobby) -> list[Alert]:
    """One of each kind at least."""
    bad = replace(everywhere(lobby.other.store, 8, 131), long_after={"cash1": 5.0})
    bad = replace(bad, by_line={("cards1", 0): Spread(1, 60, 131)}, lines={"cards1": "cards1"})
    found = [
        *alerts(EVERY, NOW, Soothing(), bad),
        *alerts(EVERY, NOW, Soothing(), replace(bad, load=1.31)),
        *alerts(made.lobby([made.counter(1, "cash1")], []), NOW, Soothing(), None),
    ]
    spare = made.lobby(
        [made.counter(1, "cash1", serves="cash1"), made.counter(2, "cash1", serves="cash1"),
         made.counter(6, "corporate1")],
        [made.ticket(n, "cash1", 5) for n in range(12)],
    )  # fmt: skip
    ahead = made.lobby([made.counter(3, "cards1", serves="cards1")], [])
    found += [*alerts(spare, NOW, Soothing()), *alerts(ahead, NOW, Soothing(), bad)]
    return list({alert.key: alert for alert in found}.values())


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
def test_every_alert_is_whole_in_both_languages(
    lobby: Lobby, show_console: Show, size: tuple[int, int], code: str
) -> None:
    window = show_console(size=size)
    language().choose(code)
    settle(window)
    found = every_kind(lobby)
    assert {alert.kind for alert in found} == set(Kind)
    words = alert_words(found, NOW)
    # Each has its answer, on a button a finger can find.
    assert all(row.actions for row in words)
    rows = AlertList()
    lobby.qtbot.addWidget(rows)
    rows.setFixedWidth(window.floor.width())
    for row in words:
        rows.show_alerts([row])
        settle(rows)
        assert cut(rows) == [], row.text
        shown = rows.row(row.key)
        heights = [shown.button(action).height() for action, _text in row.actions]
        assert min(heights) >= 44
        if code == "en":
            assert not any("一" <= letter <= "鿿" for letter in row.text), row.text
    assert outside(rows) == []


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_suggestion_is_whole_in_both_languages(
    lobby: Lobby, show_console: Show, waits: SetWaits, code: str
) -> None:
    lobby.open(1, 6)
    able = {c.number: c.services for c in counters_now(lobby.other.store)}
    waits.show(replace(short(lobby), load=1.2))
    waits.gains = (
        Gain(Candidate(8, able[8] | {"P01"}, "fx_other", opens=False), 28.4, 12),
        Gain(Candidate(3, able[3], "", opens=True), 14.0),
        Gain(Candidate(6, able[6] | {"P01"}, "pension", opens=False), 1.2),
    )
    window = show_console(size=(1280, 800))
    language().choose(code)
    lobby.press(window.floor.alerts.row("load").button("suggest"))
    dialog = lobby.dialog(window, SuggestDialog)
    lobby.until(lambda: dialog.told)
    settle(dialog)
    assert cut(dialog) == []
    assert outside(dialog) == []
    if code == "en":
        assert [label.text() for label in dialog.lines] == [
            "Wealth room also does Currency",
            "Counter 3 opens: please find a teller for it",
            "Counter 6 also does Social",
        ]
