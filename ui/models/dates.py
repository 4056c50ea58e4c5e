"""Owns how a day is written in a text (look.md section 13); must not read a clock."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from ui.shell.language import language

translate = QCoreApplication.translate

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day_text(moment: date) -> str:
    """A day with its weekday: 11月20日 星期五, Fri 20 Nov."""
    weekday = (
        translate("Dates", "星期一"),
        translate("Dates", "星期二"),
        translate("Dates", "星期三"),
        translate("Dates", "星期四"),
        translate("Dates", "星期五"),
        translate("Dates", "星期六"),
        translate("Dates", "星期日"),
    )[moment.weekday()]
    if language().code == "en":
        return f"{weekday} {moment.day} {_MONTHS[moment.month - 1]}"
    text = translate("Dates", "{month}月{day}日 {weekday}")
    return text.format(month=moment.month, day=moment.day, weekday=weekday)


def short_day(day: date) -> str:
    """A day in a sentence: 11月22日, 22 Nov."""
    if language().code == "en":
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return translate("Dates", "{month}月{day}日").format(month=day.month, day=day.day)
