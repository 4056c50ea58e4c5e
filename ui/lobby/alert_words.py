"""Owns the words of the alerts: what is the matter and what can be done; decides neither.

``now`` is always in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.screens import HelpAsked
from branch.lobby.queries.waiting import CounterNow
from ui.lobby.alert_list import AlertWords
from ui.lobby.alerts import Alert, Kind
from ui.lobby.picture import minutes
from ui.lobby.sayings import ask_words, counter_label
from ui.models.words import pause_reason, place_label
from ui.shell.language import language
from ui.widgets.state import State

translate = QCoreApplication.translate


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
    match alert.kind:
        case Kind.PRINT:
            return _print(alert, now)
        case Kind.SUPPORT:
            return _support(alert)
        case Kind.SPARE:
            return _spare(alert)
        case Kind.LONG | Kind.AWAY:
            return _counter(alert)
        case Kind.NEAR:
            return _near(alert, now)
        case _:
            return _ahead(alert)


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
    action = ("suggest", _see_words())
    if alert.helper is not None:
        action = ("support", ask_words(alert.helper))
    text = _only_words(alert.only, alert.more)
    subject = alert.queue.name.text(language().code)
    return AlertWords(alert.key, State.ATTENTION, subject, text, (action,))


def _only_words(counter: CounterNow | None, waiting: int) -> str:
    if counter is None:
        return translate("LobbyConsole", "等候 {n} 人，没有开着的柜台可办").format(n=waiting)
    name = counter.name.text(language().code)
    if name:
        return translate("LobbyConsole", "等候 {n} 人，仅{name}可办").format(n=waiting, name=name)
    return translate("LobbyConsole", "等候 {n} 人，仅 {counter} 号柜台可办").format(
        n=waiting, counter=counter.number
    )


def _near(alert: Alert, now: int) -> AlertWords:
    ticket = alert.ticket
    assert ticket is not None  # that is what makes it this kind
    text = translate("LobbyConsole", "已等候 {n} 分钟，接近目标 {target} 分钟").format(
        n=minutes(ticket.waited(now)), target=ticket.target
    )
    if alert.more:
        text += translate("LobbyConsole", "，同队另有 {n} 人").format(n=alert.more)
    soothe = ("soothe", translate("LobbyConsole", "去安抚"))
    return AlertWords(alert.key, State.ATTENTION, ticket.number, text, (soothe,))


def _spare(alert: Alert) -> AlertWords:
    assert alert.queue is not None  # that is what makes it this kind
    assert alert.helper is not None  # as above
    text = translate("LobbyConsole", "空闲，{queue}有 {n} 人在等").format(
        queue=alert.queue.name.text(language().code), n=alert.more
    )
    widen = ("widen", ask_words(alert.helper))
    subject = counter_label(alert.helper)
    return AlertWords(alert.key, State.ATTENTION, subject, text, (widen,), lead=True)


def _counter(alert: Alert) -> AlertWords:
    counter = alert.counter
    assert counter is not None  # that is what makes it this kind
    if alert.kind is Kind.AWAY:
        text = translate("LobbyConsole", "已暂停 {n} 分钟，{reason}").format(
            n=alert.minutes, reason=pause_reason(counter.reason).lower()
        )
        action = translate("LobbyConsole", "我去问问")
        return _go_and_see(alert, counter_label(counter), text, action)
    assert counter.ticket is not None  # that is what makes it this kind
    text = translate("LobbyConsole", "{counter}已办 {n} 分钟，比多数同类业务久").format(
        counter=counter_label(counter), n=alert.minutes
    )
    return _go_and_see(alert, counter.ticket.number, text, translate("LobbyConsole", "我去看看"))


def _go_and_see(alert: Alert, subject: str, text: str, action: str) -> AlertWords:
    return AlertWords(alert.key, State.ATTENTION, subject, text, (("soothe", action),))


def _ahead(alert: Alert) -> AlertWords:
    """What is coming: the load, or the wait of whoever would take a ticket now."""
    action = ("suggest", _see_words())
    if alert.queue is None:
        text = translate("LobbyConsole", "近半小时来的业务已占柜台能力的 {n}%").format(n=alert.more)
        subject = translate("LobbyConsole", "全厅")
        return AlertWords(alert.key, State.ATTENTION, subject, text, (action,))
    text = translate(
        "LobbyConsole", "现在取号，10 人中会有 1 人等 {n} 分钟以上，目标 {target} 分钟"
    ).format(n=alert.minutes, target=alert.target)
    subject = alert.queue.name.text(language().code)
    return AlertWords(alert.key, State.ATTENTION, subject, text, (action,))


def _see_words() -> str:
    return translate("LobbyConsole", "看看怎么加人")
