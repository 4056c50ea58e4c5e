"""Owns the words of the board: turns what the store told into a picture; asks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.screens import Board, BoardCall, BoardQueue
from branch.lobby.waits.outlook import Outlook
from ui.board.picture import ROWS, BoardPicture, CallLine, Desk, QueueLine, Words
from ui.models.dates import day_text
from ui.models.wait_words import wait_words
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.theme import Motion

# Notices and pages change by the station's clock, so that they are the same on every board.
_EVERY_MS: Final = Motion().page_every


def picture_of(
    station: Station,
    board: Board | None,
    shown: Sequence[BoardCall],
    lost_at: int | None = None,
) -> BoardPicture:
    """The board at this moment; ``board`` is None before the first answer of the store.

    Waits are those that the station shows now. ``lost_at`` (milliseconds) is the time of the last
    good answer while the store is away.
    """
    now = station.now()
    first = ROWS * page_number(board, station.now_ms())
    queues = board.queues[first : first + ROWS] if board else ()
    found = station.waits.shown
    since = "" if lost_at is None else f"{station.local(lost_at):%H:%M}"
    return BoardPicture(
        branch=station.branch.name.text(language().code),
        date=day_text(now),
        clock=f"{now:%H:%M}",
        words=Words(
            now_calling=_tr("正在叫号"),
            just_called=_tr("刚刚叫过"),
            empty=_tr("现在还没有叫号"),
            empty_second=_tr("取号后请在大堂稍坐，叫到您时这里会显示"),
        ),
        calls=tuple(CallLine(call.number, desk_of(call)) for call in shown),
        queues=tuple(_queue_line(queue, found, since) for queue in queues),
        notice=_notice(station.now_ms(), since, board, found),
        trouble=lost_at is not None,
        loaded=board is not None,
    )


def page_number(board: Board | None, now: int) -> int:
    """Which page of queues is on: they take turns where there are more than fit."""
    pages = max(1, -(-len(board.queues) // ROWS)) if board else 1
    return now // _EVERY_MS % pages


def spoken(shown: Sequence[BoardCall]) -> str:
    """The newest call for a screen reader."""
    if not shown:
        return _tr("现在还没有叫号")
    desk = desk_of(shown[0])
    place = " ".join(part for part in (desk.before, desk.number, desk.after) if part)
    return f"{_tr('正在叫号')} {shown[0].number}，{place}"


def desk_of(call: BoardCall) -> Desk:
    """Where to go: a named counter by its name, any other by its number."""
    name = call.counter_name.text(language().code)
    if name:
        return Desk(before=name)
    before, _, after = _tr("{n} 号柜台").partition("{n}")
    return Desk(before.strip(), str(call.counter), after.strip())


def _queue_line(queue: BoardQueue, found: Outlook | None, since: str) -> QueueLine:
    name = queue.name.text(language().code)
    waiting = _tr("{n} 人等").format(n=queue.waiting)
    if since:
        return QueueLine(name, waiting, _tr("截至 {time}").format(time=since))
    spread = found.fresh_among(queue.services) if found else None
    if not queue.waiting and spread is None and not queue.free_now:
        return QueueLine(name, "", _tr("无人等候"))
    wait = wait_words(spread, at_once=queue.free_now)
    return QueueLine(name, waiting, wait.text, wait.figure)


def _notice(now: int, since: str, board: Board | None, found: Outlook | None) -> str:
    if since and board is None:
        return _tr("暂时连不上数据库，正在重试")
    if since:
        words = _tr("暂时连不上数据库，这里停在 {time}，请留意工作人员的招呼")
        return words.format(time=since)
    if board is not None and board.frozen == "real":
        return _tr("现在停止叫号，请跟随工作人员的指引")
    if board is not None and board.frozen:
        return _tr("正在演练，暂停叫号，请稍候")
    notices = [
        _tr("请看到叫号再到柜台。需要帮助，请找大堂经理。"),
        _tr("错过叫号？请直接找大堂经理，不用重新取号。"),
        _tr("叫号先后看业务和优先照顾，可能与取号先后不同。"),
    ]
    if found is not None and found.usual:
        notices.append(_tr("等候时间按往常估算。"))
    if board is not None and board.out:
        names = _tr("、").join(_machine(kind) for kind in board.out)
        notices.append(_tr("{machines}暂停使用，请到柜台办理。").format(machines=names))
    return notices[now // _EVERY_MS % len(notices)]


def _machine(kind: str) -> str:
    return {"cash_machine": _tr("存取款机"), "smart_teller": _tr("智能柜台")}[kind]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Board", text)
