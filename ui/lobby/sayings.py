"""Owns the words of the console's rows: a picture of the lobby goes in, what is read comes out.

It draws nothing and asks nobody; ``now`` is always in milliseconds.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.waiting import CounterNow, QueuedTicket
from branch.lobby.waits.outlook import Outlook
from ui.lobby.picture import MS_PER_MINUTE, Picture, minutes
from ui.lobby.queue_board import Column
from ui.lobby.seat_row import Seat
from ui.models.ticket_rows import TicketRow
from ui.models.wait_words import wait_text
from ui.models.words import care_marks, hold_reason, pause_reason, place_label
from ui.shell.language import language
from ui.widgets.number import clock_text
from ui.widgets.queue_delegate import QueueLine, WaitState
from ui.widgets.state import State

translate = QCoreApplication.translate

_PRESSURES = {"over": WaitState.OVER, "near": WaitState.NEAR, "fine": WaitState.NORMAL}


def people(number: int) -> str:
    """6 人."""
    return translate("LobbyConsole", "{n} 人").format(n=number)


def wait_of_new(shown: Picture, letter: str, found: Outlook | None) -> str:
    """What a new ticket of a queue would wait, as far as anybody knows."""
    if shown.free_now(letter):
        return translate("LobbyConsole", "新取号现在可办")
    spread = found.fresh_among(shown.services_of(letter)) if found else None
    if found is None or spread is None:
        return translate("LobbyConsole", "新取号暂时无法估计")
    wait = wait_text(spread)
    if found.usual:
        return usually(wait)
    # A space stands between Han and digits (look.md section 13).
    if wait[0].isdigit():
        return translate("LobbyConsole", "新取号 {wait}").format(wait=wait)
    return translate("LobbyConsole", "新取号{wait}").format(wait=wait.lower())


def usually(wait: str) -> str:
    """A range that comes from other days, since today has shown too little to go by."""
    if wait[0].isdigit():
        return translate("LobbyConsole", "按往常 {wait}").format(wait=wait)
    return translate("LobbyConsole", "按往常{wait}").format(wait=wait.lower())


def columns(shown: Picture, now: int, waits: Outlook | None) -> tuple[Column, ...]:
    """Every queue family with its line, and the wait of a new ticket."""
    speech = language().code
    found = []
    for queue in shown.console.queues:
        line = shown.console.in_queue(queue.letter)
        found.append(
            Column(
                letter=queue.letter,
                name=queue.name.text(speech),
                count=people(len(line)),
                caption=wait_of_new(shown, queue.letter, waits),
                rows=tuple(waiting_row(ticket, now) for ticket in line),
            )
        )
    return tuple(found)


def waiting_row(ticket: QueuedTicket, now: int) -> TicketRow:
    """A waiting ticket."""
    return TicketRow(
        ticket.id,
        QueueLine(
            ticket.number,
            minutes(ticket.waited(now)),
            _PRESSURES[ticket.pressure(now)],
            care_marks(ticket.classes, ticket.care),
        ),
    )


def aside(shown: Picture, now: int) -> tuple[str, tuple[TicketRow, ...]]:
    """The label of the strip and its tickets: the missed ones first, since they come to ask."""
    missed, held = shown.console.missed, shown.console.held
    parts = []
    if missed:
        parts.append(translate("LobbyConsole", "过号 {n} 人").format(n=len(missed)))
    if held:
        parts.append(translate("LobbyConsole", "挂起 {n} 人").format(n=len(held)))
    rows = [_aside_row(ticket, missed_words(ticket, now)) for ticket in missed]
    rows += [_aside_row(ticket, hold_reason(ticket.reason)) for ticket in held]
    return translate("LobbyConsole", "，").join(parts), tuple(rows)


def missed_words(ticket: QueuedTicket, now: int) -> str:
    """过号 5 分."""
    away = minutes(now - (ticket.ended_at or now))
    return translate("LobbyConsole", "过号 {n} 分").format(n=away)


def _aside_row(ticket: QueuedTicket, note: str) -> TicketRow:
    return TicketRow(ticket.id, QueueLine(ticket.number, 0), note)


def counter_label(counter: CounterNow) -> str:
    """理财室, 5 号柜台."""
    return counter.name.text(language().code) or place_label(f"counter-{counter.number}")


def ask_words(counter: CounterNow) -> str:
    """请 4 号支援, 请理财室支援."""
    name = counter.name.text(language().code)
    if name:
        return translate("LobbyConsole", "请{name}支援").format(name=name)
    return translate("LobbyConsole", "请 {counter} 号支援").format(counter=counter.number)


def seats(shown: Picture, now: int) -> tuple[Seat, ...]:
    """Every counter as a seat."""
    return tuple(_seat(shown, counter, now) for counter in shown.console.counters)


def seat_caption(shown: Picture, counter: CounterNow) -> str:
    """1 号 现金, 理财室."""
    speech = language().code
    if counter.name.text(speech):
        return counter.name.text(speech)
    letter = shown.family(counter)
    family = next((q.name.text(speech) for q in shown.console.queues if q.letter == letter), "")
    return translate("LobbyConsole", "{n} 号 {family}").format(n=counter.number, family=family)


def _seat(shown: Picture, counter: CounterNow, now: int) -> Seat:
    caption = seat_caption(shown, counter)
    if counter.ticket is not None:
        spent = max(0, now - counter.ticket.called_at)
        clock = clock_text(spent // 1000)
        if spent > counter.ticket.typical * MS_PER_MINUTE:
            note = translate("LobbyConsole", "{clock} 超时").format(clock=clock)
            number = counter.ticket.number
            notes = (note, translate("LobbyConsole", "超时"))
            return Seat(counter.number, caption, number, notes, State.ATTENTION, strong=True)
        return Seat(counter.number, caption, counter.ticket.number, (clock,), State.RUNNING)
    if counter.state == "paused":
        since = translate("LobbyConsole", "{n} 分").format(n=minutes(now - counter.since))
        note = f"{pause_reason(counter.reason)} {since}"
        title = translate("LobbyConsole", "暂停")
        return Seat(counter.number, caption, title, (note, since), State.PAUSED)
    if counter.state == "closed":
        title, note = translate("LobbyConsole", "未开"), translate("LobbyConsole", "没有柜员")
        return Seat(counter.number, caption, title, (note,), State.IDLE, closed=True)
    title, note = translate("LobbyConsole", "空闲"), translate("LobbyConsole", "可叫号")
    return Seat(counter.number, caption, title, (note,), State.OK)
