"""Owns the words for how the data are protected; must not decide anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branch.bootstrap import KeyStatus
from ui.widgets.state import State

translate = QCoreApplication.translate


def protection_words(status: KeyStatus) -> tuple[State, str, str]:
    """State, word and sentence for how a store is protected."""
    if not status.fingerprint:
        return (
            State.IDLE,
            translate("KeyPage", "试用数据"),
            translate("KeyPage", "这是试用数据，没有加密，也没有密钥。"),
        )
    if status.on_server:
        return (
            State.OK,
            translate("KeyPage", "敏感内容已加密"),
            translate(
                "KeyPage",
                "数据在服务器上，文件由服务器加密。电话、证件号码等由本程序逐项加密，"
                "服务器上也看不到。",
            ),
        )
    if status.encrypted:
        return (
            State.OK,
            translate("KeyPage", "已加密"),
            translate("KeyPage", "整个数据文件和升级前的备份都已加密，拿走硬盘也看不到内容。"),
        )
    return (
        State.ATTENTION,
        translate("KeyPage", "未加密"),
        translate("KeyPage", "拿到这台电脑硬盘的人能看到数据。电话、证件号码等仍逐项加密。"),
    )


def kept_words(kept: str) -> str:
    """Where a key is kept (``KeyStatus.kept``); an empty text for nowhere."""
    return {
        "system": translate("KeyPage", "操作系统的密钥库"),
        "file": translate("KeyPage", "本机设置文件夹，只有这个系统账户能打开"),
    }.get(kept, "")
