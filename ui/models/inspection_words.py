"""Owns the words of inspections: states, verdicts, units, who signs; must not decide anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from branch.inspections.due import Slot
from branch.inspections.queries import SheetView
from branch.inspections.rules import Item, Section, Template
from ui.models.words import role_label
from ui.shell.language import language
from ui.widgets.state import State

translate = QCoreApplication.translate

LOOK = {
    "ahead": State.IDLE,
    "due": State.ATTENTION,
    "missed": State.URGENT,
    "open": State.RUNNING,
    "signing": State.ATTENTION,
    "done": State.OK,
}


def _in_english() -> bool:
    return language().code == "en"


def template_name(template: Template) -> str:
    """What an inspection is called."""
    return template.name_en if _in_english() else template.name_zh


def section_title(section: Section) -> str:
    """The heading of a section."""
    return section.en if _in_english() else section.zh


def item_text(item: Item) -> str:
    """What is looked at."""
    return item.en if _in_english() else item.zh


def item_guide(item: Item) -> str:
    """How to look, where the template says so, and the limits of a number."""
    guide = item.guide_en if _in_english() else item.guide_zh
    return " ".join(part for part in (guide, limits_text(item)) if part)


def unit_text(item: Item) -> str:
    """The unit of a number."""
    return item.unit_en if _in_english() else item.unit_zh


def limits_text(item: Item) -> str:
    """The limits of a number in words, nothing where there are none."""
    unit = unit_text(item)
    if item.equals:
        return translate("InspectionWords", "应与设备登记的数量一致")
    if item.most_of:
        return translate("InspectionWords", "不超过这项业务平常用时的 1.5 倍")
    if item.least is not None and item.most is not None:
        return translate("InspectionWords", "{least} 到 {most} {unit}").format(
            least=item.least, most=item.most, unit=unit
        )
    if item.least is not None:
        return translate("InspectionWords", "不少于 {least} {unit}").format(
            least=item.least, unit=unit
        )
    if item.most is not None:
        return translate("InspectionWords", "不超过 {most} {unit}").format(
            most=item.most, unit=unit
        )
    return ""


def state_label(state: str) -> str:
    """The state of a time of the day, in a word."""
    return {
        "ahead": translate("InspectionWords", "未到时间"),
        "due": translate("InspectionWords", "该做了"),
        "missed": translate("InspectionWords", "已过时间"),
        "open": translate("InspectionWords", "进行中"),
        "signing": translate("InspectionWords", "等复核签名"),
        "done": translate("InspectionWords", "已完成"),
    }[state]


def verdict_label(verdict: str) -> str:
    """What was found, in a word."""
    return {
        "pass": translate("InspectionWords", "通过"),
        "fail": translate("InspectionWords", "不通过"),
        "not_applicable": translate("InspectionWords", "不适用"),
    }[verdict]


def window_text(slot: Slot) -> str:
    """When it is to be done: times of one day, or the days of a week or month."""
    if slot.first.date() == slot.last.date():
        return f"{slot.first:%H:%M}–{slot.last:%H:%M}"
    return translate("InspectionWords", "{day} 前").format(day=f"{slot.last:%m-%d}")


def signers_text(roles: tuple[str, ...]) -> str:
    """Who may sign at a place."""
    return translate("InspectionWords", "或").join(role_label(role) for role in roles)


def progress_text(view: SheetView) -> str:
    """How far a sheet is, or what it scored."""
    if view.line.state == "open":
        told = translate("InspectionWords", "已填 {n} / {all} 项")
        return told.format(n=view.answered, all=len(view.template.items))
    if view.line.score is None:
        return translate("InspectionWords", "没有适用的项目")
    score = translate("InspectionWords", "得分 {score}").format(score=view.line.score)
    if view.line.capped:
        told = translate("InspectionWords", "{score}，关键项不通过，最高 59")
        return told.format(score=score)
    return score


def signatures_text(view: SheetView, local: Callable[[int], datetime]) -> str:
    """Who cleaned, who signed when, who is still to sign."""
    told = []
    if view.cleaner:
        told.append(translate("InspectionWords", "保洁 {name}").format(name=view.cleaner))
    for signed in view.signatures:
        if signed.at is not None:
            at = local(signed.at).strftime("%H:%M")
            words = translate("InspectionWords", "{name} {at} 签名")
            told.append(words.format(name=signed.by, at=at))
        else:
            words = translate("InspectionWords", "还要{who}签名")
            told.append(words.format(who=signers_text(signed.roles)))
    return translate("InspectionWords", "，").join(told)


def response_label(response: str) -> str:
    """How an item is answered."""
    return {
        "pfn": translate("InspectionWords", "通过或不通过"),
        "number": translate("InspectionWords", "填数量"),
        "date": translate("InspectionWords", "填日期"),
        "text": translate("InspectionWords", "填文字"),
        "sign": translate("InspectionWords", "签名"),
        "score2": translate("InspectionWords", "做到、部分、没做到"),
    }[response]


def every_label(every: str) -> str:
    """How often an inspection is done."""
    return {
        "business_day": translate("InspectionWords", "每个工作日"),
        "week": translate("InspectionWords", "每周"),
        "month": translate("InspectionWords", "每月"),
        "quarter": translate("InspectionWords", "每季度"),
        "year": translate("InspectionWords", "每年"),
    }[every]
