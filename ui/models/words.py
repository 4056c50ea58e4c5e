"""Owns the words and icons of codes that several windows show; must not decide anything.

Every function speaks the language of the moment, so call it again after a change of language.
A code nobody gave words to is shown as it is: a branch may add classes of its own.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from ui.widgets.queue_delegate import CareMark

translate = QCoreApplication.translate

# Help needed that says more than the class it came with, so the class gets no chip of its own.
_TELLING = frozenset({"step_free", "write_down", "read_aloud", "sign_language", "guide_dog"})

_CLASS_ICONS = {
    "assisted": "heart",
    "pregnant_or_infant": "infant",
    "elderly": "elder",
    "military": "star",
    "appointment": "calendar",
    "vip": "person",
    "corporate": "corporate",
    "ordinary": "person",
}
_CARE_ICONS = {
    "step_free": "wheelchair",
    "seat": "chair",
    "read_aloud": "eye",
    "slow_speech": "speaker",
    "large_text": "big-letters",
    "write_down": "ear",
    "sign_language": "ear",
    "guide_dog": "eye",
    "interpreter": "translate",
    "companion": "person",
}
_FLAG_ICONS = {
    "elderly": "elder",
    "mobility": "wheelchair",
    "infant": "infant",
    "military": "star",
    "hearing": "ear",
    "sight": "eye",
    "language": "translate",
    "booked": "calendar",
}


def class_label(code: str) -> str:
    """A priority class on staff screens: 老年, 预约."""
    return {
        "assisted": translate("Words", "需要协助"),
        "pregnant_or_infant": translate("Words", "孕妇婴幼"),
        "elderly": translate("Words", "老年"),
        "military": translate("Words", "军人"),
        "appointment": translate("Words", "预约"),
        "vip": translate("Words", "贵宾"),
        "corporate": translate("Words", "对公"),
        "ordinary": translate("Words", "普通"),
    }.get(code, code)


def class_icon(code: str) -> str:
    """The icon's name of a priority class."""
    return _CLASS_ICONS.get(code, "person")


def care_label(code: str) -> str:
    """A help needed as a chip says it: 行动不便, 听力."""
    return {
        "step_free": translate("Words", "行动不便"),
        "seat": translate("Words", "请坐"),
        "read_aloud": translate("Words", "视力"),
        "slow_speech": translate("Words", "慢慢说"),
        "large_text": translate("Words", "大字"),
        "write_down": translate("Words", "听力"),
        "sign_language": translate("Words", "手语"),
        "guide_dog": translate("Words", "导盲犬"),
        "interpreter": translate("Words", "外语"),
        "companion": translate("Words", "有人陪同"),
    }.get(code, code)


def care_icon(code: str) -> str:
    """The icon's name of a help needed."""
    return _CARE_ICONS.get(code, "heart")


def care_advice(code: str) -> str:
    """What whoever serves should do about a help needed, or nothing."""
    return {
        "step_free": translate("Words", "请到无障碍柜台，必要时走出柜台办理"),
        "seat": translate("Words", "请先让座"),
        "read_aloud": translate("Words", "请念出内容，签字处请指给客户"),
        "slow_speech": translate("Words", "请放慢语速"),
        "large_text": translate("Words", "请用大字版单据"),
        "write_down": translate("Words", "请放慢语速，必要时用手写板"),
        "sign_language": translate("Words", "请用手写板或请手语同事"),
        "guide_dog": translate("Words", "导盲犬可以一同办理"),
        "interpreter": translate("Words", "请会外语的同事协助"),
        "companion": translate("Words", "陪同的人可以一起办理"),
    }.get(code, "")


def flag_label(code: str) -> str:
    """A flag of the lobby console: 老年, 行动不便, 孕妇婴幼 …"""
    return {
        "elderly": translate("Words", "老年"),
        "mobility": translate("Words", "行动不便"),
        "infant": translate("Words", "孕妇婴幼"),
        "military": translate("Words", "军人"),
        "hearing": translate("Words", "听力"),
        "sight": translate("Words", "视力"),
        "language": translate("Words", "外语"),
        "booked": translate("Words", "预约"),
    }.get(code, code)


def flag_icon(code: str) -> str:
    """The icon's name of a flag of the lobby console."""
    return _FLAG_ICONS[code]


def hold_reason(code: str) -> str:
    """Why a ticket was set aside."""
    return {
        "fill_form": translate("Words", "填写单据"),
        "fetch_document": translate("Words", "回去取材料"),
        "wait_approval": translate("Words", "等待审批"),
        "customer_away": translate("Words", "客户暂时离开"),
        "other": translate("Words", "其他"),
    }.get(code, code)


def pause_reason(code: str) -> str:
    """Why a counter has stopped calling."""
    return {
        "break": translate("Words", "休息"),
        "cash": translate("Words", "换钞"),
        "meeting": translate("Words", "开会"),
        "training": translate("Words", "培训"),
        "equipment": translate("Words", "设备"),
        "other": translate("Words", "其他"),
    }.get(code, code)


def call_reason(code: str) -> str:
    """Why a ticket is called out of turn."""
    return {
        "waited_too_long": translate("Words", "等候过久"),
        "unwell": translate("Words", "身体不适"),
        "care": translate("Words", "需要照顾"),
        "counter_mismatch": translate("Words", "原柜台办不了"),
        "complaint": translate("Words", "客户不满"),
        "other": translate("Words", "其他"),
    }.get(code, code)


def leave_reason(code: str) -> str:
    """Why a customer left without being served."""
    return {
        "gave_up": translate("Words", "不等了"),
        "self_service": translate("Words", "改用自助机"),
        "come_back": translate("Words", "改天再来"),
        "complaint_room": translate("Words", "到接待室"),
        "closing": translate("Words", "营业结束"),
        "other": translate("Words", "其他"),
    }.get(code, code)


def print_state(code: str) -> str:
    """How the paper of a ticket came out."""
    return {
        "": translate("Words", "未打印"),
        "printed": translate("Words", "已打印"),
        "reprinted": translate("Words", "已重印"),
        "failed": translate("Words", "打印失败"),
    }.get(code, code)


def role_label(code: str) -> str:
    """What a member of staff is: 大堂经理, 柜员."""
    return {
        "lobby_manager": translate("Words", "大堂经理"),
        "teller": translate("Words", "柜员"),
        "adviser": translate("Words", "客户经理"),
        "complaint_officer": translate("Words", "投诉专员"),
        "supervisor": translate("Words", "运营主管"),
        "branch_manager": translate("Words", "网点负责人"),
        "superior": translate("Words", "上级行"),
        "guard": translate("Words", "保安"),
        "auditor": translate("Words", "审计"),
        "administrator": translate("Words", "系统管理"),
    }.get(code, code)


def place_label(station: str) -> str:
    """A station as a person calls it: ``counter-3`` is 3 号柜台, ``kiosk-1`` 1 号取号机."""
    kind, _, number = station.partition("-")
    if number:
        numbered = {
            "counter": translate("Words", "{n} 号柜台"),
            "rating": translate("Words", "{n} 号柜台"),
            "kiosk": translate("Words", "{n} 号取号机"),
            "board": translate("Words", "{n} 号叫号屏"),
            "room": translate("Words", "接待室"),
        }.get(kind)
        return numbered.format(n=number) if numbered else station
    return {
        "kiosk": translate("Words", "取号机"),
        "board": translate("Words", "叫号屏"),
        "lobby": translate("Words", "大堂"),
        "register": translate("Words", "来访登记"),
        "complaints": translate("Words", "投诉处理"),
        "room": translate("Words", "接待室"),
        "drills": translate("Words", "演练巡检"),
        "dashboard": translate("Words", "经营"),
    }.get(kind, station)


def care_marks(classes: Collection[str], care: Collection[str]) -> tuple[CareMark, ...]:
    """The chips of a ticket for staff: its classes, then the help needed, none said twice."""
    told = _TELLING.intersection(care)
    marks = [
        CareMark(class_icon(code), class_label(code))
        for code in classes
        if code not in ("ordinary", "corporate") and not (code == "assisted" and told)
    ]
    marks.extend(
        CareMark(care_icon(code), care_label(code))
        for code in care
        # A seat goes with the class of those who carry a child; one chip is enough.
        if not (code == "seat" and "pregnant_or_infant" in classes)
    )
    return tuple(marks)
