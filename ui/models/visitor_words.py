"""Owns the words of codes about visitors and the block list; must not decide anything.

Every function speaks the language of the moment, so call it again after a change of language.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def area_label(code: str) -> str:
    """Where a visitor may go: 接待室, 办公区."""
    return {
        "hall": translate("VisitorWords", "大厅"),
        "machine_area": translate("VisitorWords", "自助区"),
        "reception_room": translate("VisitorWords", "接待室"),
        "office": translate("VisitorWords", "办公区"),
        "counter_area": translate("VisitorWords", "柜台区"),
        "back_office": translate("VisitorWords", "后台"),
        "machine_room": translate("VisitorWords", "机房"),
    }.get(code, code)


def purpose_label(code: str) -> str:
    """What a visitor came for, as a chip says it: 办事, 维保."""
    return {
        "business": translate("VisitorWords", "办事"),
        "maintenance": translate("VisitorWords", "维保"),
        "inspection": translate("VisitorWords", "检查"),
        "interview": translate("VisitorWords", "面试"),
        "delivery": translate("VisitorWords", "送取件"),
        "cash": translate("VisitorWords", "押运"),
        "other": translate("VisitorWords", "其他"),
    }.get(code, code)


def document_label(code: str) -> str:
    """A kind of identity document by its whole name; an empty text for none."""
    return {
        "resident_id": translate("VisitorWords", "居民身份证"),
        "work_card": translate("VisitorWords", "工作证"),
        "passport": translate("VisitorWords", "护照"),
        "hk_macao_permit": translate("VisitorWords", "港澳居民来往内地通行证"),
        "taiwan_permit": translate("VisitorWords", "台湾居民来往大陆通行证"),
        "driving_licence": translate("VisitorWords", "驾驶证"),
        "other": translate("VisitorWords", "其他证件"),
    }.get(code, code)


def document_short(code: str) -> str:
    """A kind of identity document as a narrow column says it: 身份证, 台胞证."""
    return {
        "resident_id": translate("VisitorWords", "身份证"),
        "work_card": translate("VisitorWords", "工作证"),
        "passport": translate("VisitorWords", "护照"),
        "hk_macao_permit": translate("VisitorWords", "回乡证"),
        "taiwan_permit": translate("VisitorWords", "台胞证"),
        "driving_licence": translate("VisitorWords", "驾驶证"),
        "other": translate("VisitorWords", "其他证件"),
    }.get(code, code)


def document_tail_text(code: str, tail: str) -> str:
    """What is known of a document: 身份证尾号 4471; its kind alone where no number was kept."""
    kind = document_short(code)
    if not kind or not tail:
        return kind
    return translate("VisitorWords", "{document}尾号 {tail}").format(document=kind, tail=tail)


def state_label(code: str) -> str:
    """Where a visitor stands. One who is held reads as one who waits for a supervisor: the
    reason stays unsaid, since he may look at the screen."""
    return {
        "expected": translate("VisitorWords", "已预约"),
        "held": translate("VisitorWords", "需主管确认"),
        "inside": translate("VisitorWords", "在场"),
        "left": translate("VisitorWords", "已离开"),
        "refused": translate("VisitorWords", "已请回"),
        "cancelled": translate("VisitorWords", "已取消"),
        "no_show": translate("VisitorWords", "未到"),
    }.get(code, code)


def left_by_label(code: str) -> str:
    """How a visitor's leaving came into the register; an empty text while he is inside."""
    return {
        "guard": translate("VisitorWords", "门岗签离"),
        "day_end": translate("VisitorWords", "结束登记时签离"),
    }.get(code, code)


def block_reason_label(code: str) -> str:
    """Why somebody is on the block list; for those who keep it, never for a visitor."""
    return {
        "threat": translate("VisitorWords", "威胁或伤害过他人"),
        "theft": translate("VisitorWords", "盗窃"),
        "solicitation": translate("VisitorWords", "推销揽客"),
        "court_order": translate("VisitorWords", "法院或公安文书"),
        "superior": translate("VisitorWords", "上级行通知"),
        "other": translate("VisitorWords", "其他"),
    }.get(code, code)


def block_state_label(code: str) -> str:
    """How an entry of the block list stands."""
    return {
        "proposed": translate("VisitorWords", "待第二人同意"),
        "active": translate("VisitorWords", "生效"),
        "expired": translate("VisitorWords", "已到期"),
        "ended": translate("VisitorWords", "已移出"),
    }.get(code, code)


def reveal_reason_label(code: str) -> str:
    """Why somebody looks at a full value."""
    return {
        "contact": translate("VisitorWords", "联系本人"),
        "identity": translate("VisitorWords", "核对身份"),
        "emergency": translate("VisitorWords", "紧急情况"),
        "police": translate("VisitorWords", "公安机关要求"),
        "rights_request": translate("VisitorWords", "本人申请查看"),
        "complaint": translate("VisitorWords", "处理投诉"),
    }.get(code, code)
