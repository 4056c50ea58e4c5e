"""Owns the words of where a corrective action comes from; must not decide anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def source_label(source: str, number: str) -> str:
    """Where it comes from, with the number of that where it may be seen: 投诉 20261120-0001."""
    text = {
        "complaint": translate("ActionWords", "投诉"),
        "drill": translate("ActionWords", "演练"),
        "inspection": translate("ActionWords", "巡检"),
        "evaluation": translate("ActionWords", "服务评价"),
    }[source]
    return f"{text} {number}".strip()
