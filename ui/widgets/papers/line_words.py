"""Owns the sentences about an issued paper: copy, issue, prints, delivery; shows nothing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from branch.kernel.clock import from_ms
from branch.papers.head import Delivered, PaperLine

translate = QCoreApplication.translate


def mode_label(code: str) -> str:
    """How a paper went out."""
    return {
        "in_person": translate("PaperWords", "当面交付"),
        "post": translate("PaperWords", "邮寄"),
        "message": translate("PaperWords", "短信或邮件"),
        "phone": translate("PaperWords", "电话告知"),
        "refused": translate("PaperWords", "客户拒收"),
        "not_reached": translate("PaperWords", "没有联系上"),
    }.get(code, code)


def copy_words(line: PaperLine) -> str:
    """Which copy, and whether another took its place."""
    words = translate("PaperWords", "第 {n} 份")
    if line.copy > 1:
        words = translate("PaperWords", "第 {n} 份，更正")
    if line.replaced_by is not None:
        words = translate("PaperWords", "第 {n} 份，已由更正件代替")
    return words.format(n=line.copy)


def issued_words(line: PaperLine, zone: ZoneInfo) -> str:
    """When and by whom."""
    return f"{from_ms(line.issued_at, zone):%Y-%m-%d %H:%M}  {line.issued_by}"


def printed_words(line: PaperLine, zone: ZoneInfo) -> str:
    """How often it was printed, and when last."""
    if not line.printed or line.last_printed_at is None:
        return translate("PaperWords", "还没有打印")
    words = translate("PaperWords", "打印 {n} 份，最近 {when}")
    return words.format(n=line.printed, when=f"{from_ms(line.last_printed_at, zone):%m-%d %H:%M}")


def delivery_words(line: PaperLine, zone: ZoneInfo) -> str:
    """How it went out, the last try at the end."""
    return "\n".join(_delivered(one, zone) for one in line.deliveries)


def _delivered(one: Delivered, zone: ZoneInfo) -> str:
    parts = [f"{from_ms(one.at, zone):%m-%d %H:%M}", mode_label(one.mode)]
    if one.tracking:
        parts.append(translate("PaperWords", "单号 {number}").format(number=one.tracking))
    if one.received_on:
        parts.append(translate("PaperWords", "{day} 收到").format(day=one.received_on[5:]))
    return "  ".join(parts)
