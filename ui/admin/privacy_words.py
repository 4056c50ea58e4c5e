"""Owns the words of codes about retention, holds and requests; must not decide anything.

Every function speaks the language of the moment, so call it again after a change of language.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from branch.visitors.retention import Held, Kind

translate = QCoreApplication.translate


def kind_label(kind: str) -> str:
    """What goes after its time: 来访登记, 关怀需要."""
    return {
        Kind.CARE: translate("PrivacyWords", "关怀需要"),
        Kind.REASON: translate("PrivacyWords", "原因说明"),
        Kind.BOOKING: translate("PrivacyWords", "预约号"),
        Kind.VISITOR: translate("PrivacyWords", "来访登记"),
        Kind.RECEPTION: translate("PrivacyWords", "接待记录"),
        Kind.FOLLOW_UP: translate("PrivacyWords", "回访记录"),
        Kind.BLOCKED: translate("PrivacyWords", "限制名单"),
        Kind.ROLL_MARK: translate("PrivacyWords", "清点名单"),
        Kind.REQUEST: translate("PrivacyWords", "个人信息请求"),
        Kind.HOLD: translate("PrivacyWords", "已解除的留存"),
        Kind.GLASS: translate("PrivacyWords", "紧急查看记录"),
        Kind.BACKUP: translate("PrivacyWords", "数据副本"),
        "complaint": translate("PrivacyWords", "已归档的投诉"),
        "room_session": translate("PrivacyWords", "接待室记录"),
        "drill": translate("PrivacyWords", "演练文字和照片"),
        "inspection": translate("PrivacyWords", "巡检文字和照片"),
    }[kind]


def period_label(key: str) -> str:
    """What a period is of, and from when it counts."""
    return {
        "keep_visitors_days": translate("PrivacyWords", "来访登记，自到访日"),
        "keep_receptions_days": translate("PrivacyWords", "接待记录，自接待日"),
        "keep_follow_ups_days": translate("PrivacyWords", "留了电话的记录，自回访办完"),
        "keep_reasons_days": translate("PrivacyWords", "号票的原因说明，自营业日"),
        "keep_blocked_days": translate("PrivacyWords", "限制名单，自失效日"),
        "keep_roll_calls_days": translate("PrivacyWords", "清点名单，自清点日"),
        "keep_sessions_days": translate("PrivacyWords", "没有转为投诉的接待室记录"),
        "keep_drills_days": translate("PrivacyWords", "演练和事件的文字、照片，自结束"),
        "keep_inspections_days": translate("PrivacyWords", "巡检的文字、照片，自巡检日"),
        "keep_backups_days": translate("PrivacyWords", "升级前的数据副本"),
        "keep_rights_requests_days": translate("PrivacyWords", "个人信息请求，自答复"),
        "keep_break_glass_days": translate("PrivacyWords", "紧急查看的说明"),
    }.get(key, key)


def basis_label(key: str) -> str:
    """Why it is kept so long, and which article says so."""
    three_years = translate("PrivacyWords", "个人信息保护法第五十六条，至少三年")
    return {
        "keep_visitors_days": translate("PrivacyWords", "治安保卫条例第十一条，事后可查"),
        "keep_receptions_days": translate("PrivacyWords", "每周汇总反馈，之后不再需要"),
        "keep_follow_ups_days": translate("PrivacyWords", "确认回访结果，之后不再需要"),
        "keep_reasons_days": translate("PrivacyWords", "当天核对，之后不再需要"),
        "keep_blocked_days": translate("PrivacyWords", "有异议时可以说明"),
        "keep_roll_calls_days": translate("PrivacyWords", "总结演练，之后不再需要"),
        "keep_sessions_days": translate("PrivacyWords", "客户再来时可以接着办"),
        "keep_drills_days": translate("PrivacyWords", "与以后的演练比较，之后只留成绩"),
        "keep_inspections_days": translate("PrivacyWords", "消防巡查记录至少一年，之后只留结果"),
        "keep_backups_days": translate("PrivacyWords", "升级不成时恢复"),
        "keep_rights_requests_days": three_years,
        "keep_break_glass_days": three_years,
    }.get(key, "")


def days_text(days: int) -> str:
    """A period in words: 90 天; 随营业日 for none."""
    if not days:
        return translate("PrivacyWords", "随营业日")
    return translate("PrivacyWords", "{n} 天").format(n=days)


def held_text(held: Sequence[tuple[Held, int]]) -> str:
    """What is kept beyond its time, and why: 2 条依法留存、1 人在场."""
    words = {
        Held.INSIDE: translate("PrivacyWords", "{n} 人还在场"),
        Held.HOLD: translate("PrivacyWords", "{n} 条依法留存"),
        Held.REQUEST: translate("PrivacyWords", "{n} 条在办请求中"),
        Held.OPEN: translate("PrivacyWords", "{n} 条还没办完"),
    }
    between = translate("PrivacyWords", "、")
    return between.join(words[why].format(n=number) for why, number in held)


def request_kind_label(code: str) -> str:
    """What somebody asks for."""
    return {
        "access": translate("PrivacyWords", "查阅"),
        "copy": translate("PrivacyWords", "复制"),
        "correct": translate("PrivacyWords", "更正"),
        "delete": translate("PrivacyWords", "删除"),
        "withdraw": translate("PrivacyWords", "撤回同意"),
        "explain": translate("PrivacyWords", "说明处理规则"),
    }.get(code, code)


def refusal_label(code: str) -> str:
    """Why a request is refused."""
    return {
        "identity": translate("PrivacyWords", "无法核实是本人"),
        "law_keeps": translate("PrivacyWords", "法律规定的保存期限还没有到"),
        "others": translate("PrivacyWords", "会影响他人的合法权益"),
        "no_data": translate("PrivacyWords", "我们没有这些信息"),
        "other": translate("PrivacyWords", "其他理由"),
    }.get(code, code)


def hold_reason_label(code: str) -> str:
    """Why a record is kept by law."""
    return {
        "incident": translate("PrivacyWords", "安全事件"),
        "complaint": translate("PrivacyWords", "投诉纠纷"),
        "lawsuit": translate("PrivacyWords", "诉讼仲裁"),
        "authority": translate("PrivacyWords", "公安或监管调取"),
        "other": translate("PrivacyWords", "其他理由"),
    }.get(code, code)


def record_label(kind: str, ref: int) -> str:
    """A record by its number: 来访登记 17."""
    text = {
        "visitor": translate("PrivacyWords", "来访登记 {n}"),
        "reception": translate("PrivacyWords", "接待记录 {n}"),
        "request": translate("PrivacyWords", "个人信息请求 {n}"),
        "complaint": translate("PrivacyWords", "投诉 {n}"),
        "blocked": translate("PrivacyWords", "限制名单 {n}"),
        "roll_mark": translate("PrivacyWords", "清点记录 {n}"),
    }[kind]
    return text.format(n=ref)


def notice_label(kind: str) -> str:
    """Which notice it is."""
    return {
        "register": translate("PrivacyWords", "来访登记"),
        "reception": translate("PrivacyWords", "接待和回访"),
    }.get(kind, kind)
