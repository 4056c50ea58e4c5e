"""Owns the words of calls from complaint rooms, as those who come read them; decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def alarm_text(level: int, room: str) -> str:
    """Who is called to which room."""
    return {
        1: translate("SupportWords", "{room}，请同事和保安过去"),
        2: translate("SupportWords", "{room}，请负责人马上过去，并请邻近客户离开"),
        3: translate("SupportWords", "{room}，请拨 110 报警，并疏散客户"),
    }[level].format(room=room)


def support_text(kind: str, room: str) -> str:
    """What is asked for in which room."""
    return {
        "manager": translate("SupportWords", "{room}，请负责人到场"),
        "rest": translate("SupportWords", "{room}，请送茶水，客户休息五分钟"),
    }[kind].format(room=room)
