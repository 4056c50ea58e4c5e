"""Owns the words of codes that only the settings show; must not decide anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def condition_label(code: str) -> str:
    """When a document is needed: 代办时."""
    return {
        "always": translate("Settings", "都需要"),
        "if_agent": translate("Settings", "代办时"),
        "if_large": translate("Settings", "大额现金时"),
        "if_small": translate("Settings", "小额现金时"),
        "if_asked": translate("Settings", "柜员要求时"),
        "if_has": translate("Settings", "有则带上"),
        "if_known": translate("Settings", "知道则提供"),
        "optional": translate("Settings", "可不带"),
    }.get(code, code)


def channel_label(code: str) -> str:
    """A channel beside the counter: 手机银行."""
    return {
        "cash_machine": translate("Settings", "自助柜员机"),
        "smart_teller": translate("Settings", "智能柜台"),
        "mobile_bank": translate("Settings", "手机银行"),
        "personal_ebank": translate("Settings", "个人网银"),
        "phone_bank": translate("Settings", "电话银行"),
        "corporate_ebank": translate("Settings", "企业网银"),
    }.get(code, code)


def answer_labels() -> dict[str, str]:
    """What a channel can do of a service."""
    return {
        "yes": translate("Settings", "可办"),
        "partial": translate("Settings", "部分可办"),
        "no": translate("Settings", "不可办"),
    }
