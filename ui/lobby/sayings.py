"""Owns the words of the console's rows: a picture of the lobby goes in, what is read comes out.

It draws nothing and asks nobody; ``now`` is always in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.screens import HelpAsked
from branch.lobby.queries.waiting import CounterNow, QueuedTicket
from ui.lobby.alert_list import AlertWords
from ui.lobby.alerts import Alert, Kind
from ui.lobby.picture import MS_PER_MINUTE, Picture, minutes
from ui.lobby.queue_board import Column
from ui.lobby.seat_row import Seat
from ui.models.ticket_rows import TicketRow
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


def wait_of_new(shown: Picture, letter: str) -> str:
    """What a new ticket of a queue would wait, as far as anybody knows."""
    if shown.free_now(letter):
        return translate("LobbyConsole", "新取号现在可办")
    return translate("LobbyConsole", "新取号暂时无法估计")


def columns(shown: Picture, now: int) -> tuple[Column, ...]:
    """Every queue family with its line."""
    speech = language().code
    found = []
    for queue in shown.console.queues:
        line = shown.console.in_queue(queue.letter)
        found.append(
            Column(
                letter=queue.letter,
                name=queue.name.text(speech),
                count=people(len(line)),
                caption=wait_of_new(shown, queue.letter),
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


def alert_words(alerts: Iterable[Alert], now: int) -> tuple[AlertWords, ...]:
    """Every alert as its row says it."""
    return tuple(_alert(alert, now) for alert in alerts)


def _alert(alert: Alert, now: int) -> AlertWords:
    if alert.kind is Kind.OVER:
        return _over(alert, now)
    if alert.kind is Kind.HELP:
        assert alert.help is not None  # that is what makes it this kind
        return AlertWords(
            alert.key,
            State.ATTENTION,
            place_label(alert.help.station),
            f"{_help_words(alert.help)}{_since(alert.help.asked_at, now)}",
            (("answer", translate("LobbyConsole", "我去处理")),),
        )
    if alert.kind is Kind.PRINT:
        return _print(alert, now)
    return _support(alert)


def _over(alert: Alert, now: int) -> AlertWords:
    ticket = alert.ticket
    assert ticket is not None  # that is what makes it this kind
    text = translate("LobbyConsole", "已等候 {n} 分钟，超过目标 {target} 分钟").format(
        n=minutes(ticket.waited(now)), target=ticket.target
    )
    if alert.more:
        text += translate("LobbyConsole", "，同队另有 {n} 人超时").format(n=alert.more)
    return AlertWords(
        alert.key,
        State.URGENT,
        ticket.number,
        text,
        (
            ("soothe", translate("LobbyConsole", "去安抚")),
            ("call", translate("LobbyConsole", "优先叫号")),
        ),
        lead=True,
    )


def _help_words(asked: HelpAsked) -> str:
    if asked.kind == "counter":
        return translate("LobbyConsole", "请大堂协助")
    if asked.kind == "printer":
        return translate("LobbyConsole", "打印机需要看一下")
    return translate("LobbyConsole", "客户按了求助")


def _since(asked_at: int, now: int) -> str:
    passed = minutes(now - asked_at)
    if not passed:
        return translate("LobbyConsole", "，刚刚")
    return translate("LobbyConsole", "，已 {n} 分钟").format(n=passed)


def _print(alert: Alert, now: int) -> AlertWords:
    assert alert.ticket is not None  # that is what makes it this kind
    text = translate("LobbyConsole", "号票没有打印出来")
    actions: tuple[tuple[str, str], ...] = (("reprint", translate("LobbyConsole", "重印")),)
    if alert.help is not None:
        text = translate("LobbyConsole", "号票没有打印出来，{place}").format(
            place=place_label(alert.help.station)
        ) + _since(alert.help.asked_at, now)
        actions = (("answer", translate("LobbyConsole", "我去处理")), *actions)
    return AlertWords(alert.key, State.ATTENTION, alert.ticket.number, text, actions)


def _support(alert: Alert) -> AlertWords:
    assert alert.queue is not None  # that is what makes it this kind
    assert alert.only is not None  # as above
    actions: tuple[tuple[str, str], ...] = ()
    if alert.helper is not None:
        actions = (("support", _ask_words(alert.helper)),)
    text = _only_words(alert.only, alert.more)
    subject = alert.queue.name.text(language().code)
    return AlertWords(alert.key, State.ATTENTION, subject, text, actions)


def _only_words(counter: CounterNow, waiting: int) -> str:
    name = counter.name.text(language().code)
    if name:
        return translate("LobbyConsole", "等候 {n} 人，仅{name}可办").format(n=waiting, name=name)
    return translate("LobbyConsole", "等候 {n} 人，仅 {counter} 号柜台可办").format(
        n=waiting, counter=counter.number
    )


def _ask_words(counter: CounterNow) -> str:
    name = counter.name.text(language().code)
    if name:
        return translate("LobbyConsole", "请{name}支援").format(name=name)
    return translate("LobbyConsole", "请 {counter} 号支援").format(counter=counter.number)
