"""Words for what came of a complaint: findings, causes, remedies, satisfaction; decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def finding_label(code: str) -> str:
    """What the investigation found."""
    return {
        "true": translate("ComplaintWords", "属实"),
        "partly_true": translate("ComplaintWords", "部分属实"),
        "not_true": translate("ComplaintWords", "不属实"),
        "cannot_verify": translate("ComplaintWords", "无法核实"),
    }.get(code, code)


def cause_label(code: str) -> str:
    """The root cause."""
    return {
        "people": translate("ComplaintWords", "人员"),
        "process": translate("ComplaintWords", "流程制度"),
        "system": translate("ComplaintWords", "系统设备"),
        "pricing": translate("ComplaintWords", "产品收费"),
        "marketing": translate("ComplaintWords", "信息披露与营销"),
        "third_party": translate("ComplaintWords", "外部或第三方"),
        "misunderstanding": translate("ComplaintWords", "客户误解"),
        "other": translate("ComplaintWords", "其他"),
    }.get(code, code)


def systemic_label(code: str) -> str:
    """Whether it happens again and again."""
    return {
        "single": translate("ComplaintWords", "个别"),
        "recurring": translate("ComplaintWords", "反复出现"),
        "systemic": translate("ComplaintWords", "系统性"),
    }.get(code, code)


def remedy_label(code: str) -> str:
    """What is done for the complainant."""
    return {
        "apology": translate("ComplaintWords", "道歉"),
        "compensation": translate("ComplaintWords", "赔偿"),
        "correction": translate("ComplaintWords", "改正错误"),
        "explanation": translate("ComplaintWords", "解释说明"),
        "other": translate("ComplaintWords", "其他"),
    }.get(code, code)


def satisfaction_label(code: str) -> str:
    """What the complainant says of how it was handled."""
    return {
        "satisfied": translate("ComplaintWords", "表示满意"),
        "rather_satisfied": translate("ComplaintWords", "基本满意"),
        "dissatisfied": translate("ComplaintWords", "表示不满意"),
        "no_answer": translate("ComplaintWords", "不评价"),
    }.get(code, code)


def next_step_label(code: str) -> str:
    """What follows a follow-up visit."""
    return {
        "close": translate("ComplaintWords", "办结投诉"),
        "follow_on": translate("ComplaintWords", "继续跟进"),
        "re_review": translate("ComplaintWords", "申请核查"),
        "new_complaint": translate("ComplaintWords", "登记为新投诉"),
    }.get(code, code)


def re_review_label(code: str) -> str:
    """What a re-review decided; an open one is still under way."""
    return {
        "": translate("ComplaintWords", "核查中"),
        "upheld": translate("ComplaintWords", "维持"),
        "changed": translate("ComplaintWords", "变更"),
        "redo": translate("ComplaintWords", "责令重办"),
    }.get(code, code)
