"""What a teller may press now, and the sentence for each key that does nothing; a pure picture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from branch.lobby.queries.screens import Desk

translate = QCoreApplication.translate

_SERVING = ("next", "finish", "recall", "transfer", "hold", "no_show", "pause")
_NAMES = (*_SERVING, "start", "help", "complaint", "undo", "leave", "step")


@dataclass(frozen=True)
class Situation:
    """The deeds allowed now, why the others are not, and seconds until a recall is due."""

    allowed: set[str]
    refusals: dict[str, str]
    recall_in: int


def situation(desk: Desk, staff: int, now: int, offline: bool) -> Situation:
    """What this member of staff may do at ``now`` (milliseconds)."""
    counter, ticket = desk.counter, desk.counter.ticket
    mine = counter.state != "closed" and counter.staff == staff
    refusals: dict[str, str] = {}
    if offline:
        why = translate("Situation", "暂时连不上数据库，恢复后再按")
        return Situation(set(), dict.fromkeys(_NAMES, why), 0)
    recall_in = 0
    # Whoever is told of a complaint registers it, served or not (首问负责).
    allowed = {"leave", "help", "complaint"}
    if counter.state == "closed":
        allowed.add("start")
        why = translate("Situation", "请先开始服务")
    elif not mine:
        why = translate("Situation", "这个柜台由另一位同事负责")
    elif ticket is None:
        why = translate("Situation", "现在没有客户在柜台")
    else:
        why = ""
    for name in (*_SERVING, "step"):
        refusals[name] = why
    if mine:
        allowed |= {"pause", "start"}
        if ticket is not None:
            allowed |= {"finish", "transfer", "hold", "no_show", "step"}
            recall_in = max(0, -(-(ticket.last_called_at + desk.recall_gap_s * 1000 - now) // 1000))
            if recall_in:
                text = translate("Situation", "刚刚叫过，{n} 秒后可以重呼")
                refusals["recall"] = text.format(n=recall_in)
            else:
                allowed.add("recall")
        elif desk.held:
            allowed.add("hold")
        if counter.state == "open" and (ticket is not None or desk.line):
            allowed.add("next")
        elif counter.state == "paused":
            refusals["next"] = translate("Situation", "请先继续服务")
        else:
            refusals["next"] = translate("Situation", "现在没有人等候")
    if desk.undoable:
        allowed.add("undo")
    else:
        refusals["undo"] = translate("Situation", "没有可以撤销的步骤")
    return Situation(allowed, refusals, recall_in)
