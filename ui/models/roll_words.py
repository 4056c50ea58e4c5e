"""Owns the words of a roll call: kinds, states, places, results; must not decide anything.

Every function speaks the language of the moment, so call it again after a change of language.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from branch.kernel.masking import mask_name
from branch.visitors.queries.rollcall import RollCall, RollMark
from ui.models.visitor_words import area_label
from ui.models.words import care_label, place_label

translate = QCoreApplication.translate

# The three states somebody is given, in the order of their keys 1, 2, 3.
STATES: Final = ("safe", "missing", "not_here")


def kind_label(code: str) -> str:
    """What somebody on the roll is."""
    return {
        "staff": translate("RollWords", "员工"),
        "visitor": translate("RollWords", "访客"),
        "customer": translate("RollWords", "客户"),
        "assisted": translate("RollWords", "需要协助"),
        "unlisted": translate("RollWords", "名单外"),
    }.get(code, code)


def mark_label(code: str) -> str:
    """What is known of somebody."""
    return {
        "unconfirmed": translate("RollWords", "未确认"),
        "safe": translate("RollWords", "安全"),
        "missing": translate("RollWords", "未找到"),
        "not_here": translate("RollWords", "不在场"),
    }.get(code, code)


def roll_kind_label(code: str) -> str:
    """Why the roll is called."""
    return {
        "real": translate("RollWords", "真实险情"),
        "drill": translate("RollWords", "演练"),
        "test": translate("RollWords", "测试"),
    }.get(code, code)


def last_place(mark: RollMark) -> str:
    """Where somebody was last known to be; customers without a counter are in the hall."""
    if mark.kind == "unlisted":
        return mark.place
    if mark.kind in ("customer", "assisted"):
        return place_label(mark.place) if mark.place else area_label("hall")
    return area_label(mark.place) if mark.kind == "visitor" else place_label(mark.place)


def help_text(mark: RollMark) -> str:
    """The help somebody needs, as words."""
    return translate("RollWords", "、").join(care_label(code) for code in mark.help)


def shown_name(mark: RollMark) -> str:
    """Somebody's name where visitors can see the screen: a visitor's is masked."""
    return mask_name(mark.label) if mark.kind in ("visitor", "unlisted") else mark.label


def duration_text(ms: int) -> str:
    """A duration on a clock: 06:12, past an hour 1:04:30."""
    seconds = max(0, ms) // 1000
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{minutes}" if hours else minutes


def result_text(call: RollCall) -> str:
    """How a roll call ended, in one sentence."""
    everybody = len(call.marks)
    missing = sum(mark.state == "missing" for mark in call.marks)
    unconfirmed = sum(mark.state == "unconfirmed" for mark in call.marks)
    if not missing and not unconfirmed:
        return translate("RollWords", "{n} 人全部确认").format(n=everybody)
    parts = [translate("RollWords", "共 {n} 人").format(n=everybody)]
    if missing:
        parts.append(translate("RollWords", "{n} 人未找到").format(n=missing))
    if unconfirmed:
        parts.append(translate("RollWords", "{n} 人未确认").format(n=unconfirmed))
    return translate("RollWords", "，").join(parts)
