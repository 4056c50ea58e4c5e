"""Owns the words of equipment: kinds, states, expiry; must not decide anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.widgets.state import State

translate = QCoreApplication.translate

STATE_LOOK = {"working": State.OK, "broken": State.URGENT, "retired": State.IDLE}


def kind_label(kind: str) -> str:
    """What it is."""
    return {
        "extinguisher": translate("EquipmentWords", "灭火器"),
        "hydrant": translate("EquipmentWords", "消火栓"),
        "alarm": translate("EquipmentWords", "报警装置"),
        "camera": translate("EquipmentWords", "监控摄像"),
        "cash_machine": translate("EquipmentWords", "存取款机"),
        "smart_teller": translate("EquipmentWords", "智能柜员机"),
        "kiosk": translate("EquipmentWords", "取号机"),
        "board": translate("EquipmentWords", "叫号大屏"),
        "printer": translate("EquipmentWords", "打印设备"),
        "aed": translate("EquipmentWords", "除颤仪"),
        "first_aid": translate("EquipmentWords", "急救箱"),
        "wheelchair": translate("EquipmentWords", "轮椅"),
        "other": translate("EquipmentWords", "其他设备"),
    }[kind]


def state_label(state: str) -> str:
    """How it is."""
    return {
        "working": translate("EquipmentWords", "可以使用"),
        "broken": translate("EquipmentWords", "故障"),
        "retired": translate("EquipmentWords", "已报废"),
    }[state]


def expiry_label(expiry: str, day: str) -> str:
    """When its time is over, in words; nothing where it has none."""
    if expiry == "expired":
        return translate("EquipmentWords", "{day} 已过期").format(day=day)
    if expiry == "soon":
        return translate("EquipmentWords", "{day} 到期").format(day=day)
    return day


def expiry_look(expiry: str) -> State | None:
    """The glyph of an expiry; none while it is far."""
    return {"expired": State.URGENT, "soon": State.ATTENTION}.get(expiry)
