"""Owns the words of the complaint rooms' codes: steps, wishes, states; must not decide anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.models.complaint_words import capacity_label

translate = QCoreApplication.translate


def step_label(code: str) -> str:
    """A step of a session, as its bar says it."""
    return {
        "listen": translate("RoomWords", "请坐，倾听"),
        "repeat": translate("RoomWords", "复述，确认"),
        "verify": translate("RoomWords", "核实事实"),
        "discuss": translate("RoomWords", "商量办法"),
        "agree": translate("RoomWords", "约定下一步"),
    }.get(code, code)


def step_sentence(code: str) -> str:
    """What to say in a step."""
    return {
        "listen": translate("RoomWords", "“您请坐，先喝口水。请慢慢说，我都记下来。”"),
        "repeat": translate("RoomWords", "“我把您说的复述一遍，哪里不对，请您随时指出。”"),
        "verify": translate("RoomWords", "“谢谢您把情况说清楚。我们一起把材料核对一遍，好吗？”"),
        "discuss": translate(
            "RoomWords", "“您看这样办可以吗？能办的马上办，办不了的也向您说清楚。”"
        ),
        "agree": translate("RoomWords", "“今天说好的都写下来了，请您看一遍，没有出入再签字。”"),
    }.get(code, "")


def mood_label(code: str) -> str:
    """How upset a customer is."""
    return {
        "calm": translate("RoomWords", "平稳"),
        "worried": translate("RoomWords", "着急"),
        "upset": translate("RoomWords", "激动"),
    }.get(code, code)


def mood_advice(code: str) -> str:
    """What helps."""
    return {
        "calm": translate("RoomWords", "先听完，再说话。不打断，不反驳，记原话。"),
        "worried": translate("RoomWords", "放慢语速，先说马上能办的，再说要等的。"),
        "upset": translate("RoomWords", "不争辩，不催促。已请负责人到场，可先休息五分钟。"),
    }.get(code, "")


def wish_label(code: str) -> str:
    """What a customer hopes for."""
    return {
        "explanation": translate("RoomWords", "说明原因"),
        "compensation": translate("RoomWords", "补偿差额"),
        "apology": translate("RoomWords", "道歉"),
        "correction": translate("RoomWords", "改正做法"),
        "other": translate("RoomWords", "其他"),
    }.get(code, code)


def check_label(code: str) -> str:
    """How a thing that is looked into stands."""
    return {
        "pending": translate("RoomWords", "待查"),
        "true": translate("RoomWords", "属实"),
        "differs": translate("RoomWords", "有出入"),
    }.get(code, code)


def calming_label(code: str) -> str:
    """What calms, as a tick."""
    return {
        "seated": translate("RoomWords", "已请客户坐下，倒好水"),
        "listened": translate("RoomWords", "听客户说完，没有打断"),
        "read_back": translate("RoomWords", "已记下，并复述给客户听"),
        "thanked": translate("RoomWords", "已感谢客户，为不便致歉"),
        "asked_wish": translate("RoomWords", "已问过希望怎样解决"),
        "explained": translate("RoomWords", "已说明流程和期限"),
        "offered": translate("RoomWords", "已说明现在能办什么，谁来办，何时办好"),
        "copy_given": translate("RoomWords", "已交给客户登记表或受理告知书"),
        "seen_out": translate("RoomWords", "已送客户离开"),
    }.get(code, code)


def outcome_label(code: str) -> str:
    """How a session ended."""
    return {
        "settled": translate("RoomWords", "已说定，客户认可"),
        "continues": translate("RoomWords", "还要跟进"),
        "referred": translate("RoomWords", "转有关部门"),
        "left": translate("RoomWords", "客户中途离开"),
        "stopped": translate("RoomWords", "因故中止"),
    }.get(code, code)


def turnover_label(code: str) -> str:
    """What is done before a room is free again."""
    return {
        "recorder_saved": translate("RoomWords", "录音录像已保存，编号已登记"),
        "papers_removed": translate("RoomWords", "材料和证件复印件已收走"),
        "panic_button_tested": translate("RoomWords", "紧急报警按钮已试过"),
        "wiped": translate("RoomWords", "桌椅已擦净"),
        "seats_reset": translate("RoomWords", "座位已复原，本行人员靠门坐"),
    }.get(code, code)


def out_label(code: str) -> str:
    """Why a room is out of use."""
    return {
        "recorder": translate("RoomWords", "录音录像设备"),
        "panic_button": translate("RoomWords", "紧急报警按钮"),
        "repair": translate("RoomWords", "维修"),
        "other": translate("RoomWords", "其他"),
    }.get(code, code)


def visitor_label(code: str) -> str:
    """As whom somebody sits there."""
    return {
        "representative": translate("RoomWords", "推选的代表"),
        "companion": translate("RoomWords", "陪同"),
    }.get(code) or capacity_label(code)


def signed_label(code: str) -> str:
    """How a record was signed."""
    return {
        "screen": translate("RoomWords", "在屏幕上签"),
        "paper": translate("RoomWords", "在纸上签"),
        "refused": translate("RoomWords", "客户不签"),
        "none": translate("RoomWords", "未签"),
    }.get(code, code)
