"""Owns the words of codes about people: trainings, emergency access; must not decide anything.

Every function speaks the language of the moment, so call it again after a change of language.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def course_label(code: str) -> str:
    """What a training was about: 消防, 急救."""
    return {
        "privacy": translate("PeopleWords", "个人信息保护"),
        "fire": translate("PeopleWords", "消防"),
        "first_aid": translate("PeopleWords", "急救"),
        "service": translate("PeopleWords", "服务规范"),
        "complaints": translate("PeopleWords", "投诉处理"),
        "anti_fraud": translate("PeopleWords", "防范诈骗"),
    }.get(code, code)


def training_result(code: str) -> str:
    """How a training ended."""
    return {
        "passed": translate("PeopleWords", "通过"),
        "attended": translate("PeopleWords", "参加"),
        "failed": translate("PeopleWords", "未通过"),
    }.get(code, code)


def glass_reason(code: str) -> str:
    """Why full personal values were opened in an emergency."""
    return {
        "medical": translate("PeopleWords", "有人突发疾病或受伤"),
        "fire": translate("PeopleWords", "火情或疏散"),
        "police": translate("PeopleWords", "公安机关到场要求"),
        "other": translate("PeopleWords", "其他紧急情况"),
    }.get(code, code)
