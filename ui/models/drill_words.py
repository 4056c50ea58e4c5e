"""Owns the words of drills: roles, states of steps, forms, kinds; must not decide anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branch.drills.rules.scenario import Words
from ui.shell.language import language
from ui.widgets.number import clock_text
from ui.widgets.state import State

translate = QCoreApplication.translate

STEP_LOOKS = {
    "waiting": State.IDLE,
    "running": State.RUNNING,
    "overdue": State.URGENT,
    "done": State.OK,
    "late": State.ATTENTION,
    "wrong": State.URGENT,
    "missed": State.URGENT,
    "not_applicable": State.IDLE,
    "unmarked": State.IDLE,
}


def in_english() -> bool:
    """Whether the screens speak English."""
    return language().code == "en"


def drill_role(role: str) -> str:
    """A role of a drill, in the words of the branch."""
    return {
        "CMD": translate("DrillWords", "总指挥"),
        "SUP": translate("DrillWords", "运营主管"),
        "LOB": translate("DrillWords", "大堂经理"),
        "TEL": translate("DrillWords", "柜面"),
        "SEC": translate("DrillWords", "保安"),
        "RM": translate("DrillWords", "客户经理"),
        "REC": translate("DrillWords", "记录评估"),
    }[role]


def step_state_label(state: str, late_s: int = 0) -> str:
    """How a step stands, in a word."""
    if state == "late":
        return translate("DrillWords", "迟 {n} 秒").format(n=late_s)
    return {
        "waiting": translate("DrillWords", "未开始"),
        "running": translate("DrillWords", "进行中"),
        "overdue": translate("DrillWords", "已过时限"),
        "done": translate("DrillWords", "达标"),
        "wrong": translate("DrillWords", "做错"),
        "missed": translate("DrillWords", "未做"),
        "not_applicable": translate("DrillWords", "不适用"),
        "unmarked": translate("DrillWords", "没有记"),
    }[state]


def seconds_text(seconds: int) -> str:
    """A time of a step."""
    return translate("DrillWords", "{n} 秒").format(n=seconds)


def run_time(ms: int) -> str:
    """Run time as the big clock shows it: 03:42, from an hour on 1:03:42."""
    return clock_text(max(0, ms) // 1_000)


def drill_form(form: str) -> str:
    """How a drill is held."""
    return {
        "tabletop": translate("DrillWords", "桌面推演"),
        "live": translate("DrillWords", "实战演练"),
        "unannounced": translate("DrillWords", "不预先通知"),
        "live_with_customers": translate("DrillWords", "营业中实战"),
    }[form]


def run_state_label(state: str) -> str:
    """How far a run is."""
    return {
        "planned": translate("DrillWords", "已计划"),
        "running": translate("DrillWords", "进行中"),
        "paused": translate("DrillWords", "暂停"),
        "ended": translate("DrillWords", "待评估"),
        "reviewed": translate("DrillWords", "已评估"),
        "cancelled": translate("DrillWords", "已取消"),
    }[state]


def grade_label(grade: str) -> str:
    """A grade."""
    return {
        "excellent": translate("DrillWords", "优"),
        "good": translate("DrillWords", "良"),
        "pass": translate("DrillWords", "合格"),
        "fail": translate("DrillWords", "不合格"),
        "": "",
    }[grade]


def result_label(result: str) -> str:
    """What a step is marked as; late follows from the time."""
    return {
        "done": translate("DrillWords", "做到"),
        "wrong": translate("DrillWords", "做错"),
        "missed": translate("DrillWords", "未做"),
        "not_applicable": translate("DrillWords", "不适用"),
    }[result]


def check_label(item: str) -> str:
    """An item of the list before START."""
    return {
        "roles": translate("DrillWords", "每个岗位都有人，记录评估人不参演"),
        "people": translate("DrillWords", "参演的人都在岗"),
        "centre_told": translate("DrillWords", "已通知监控中心、110、119、120 和物业"),
        "alarm_test": translate("DrillWords", "报警设备已置于测试状态"),
        "notice_up": translate("DrillWords", "入口和大厅已张贴“演练中”"),
        "cash_closed": translate("DrillWords", "现金、金库、联动门只指认口述，不真实开启"),
        "stop_word": translate("DrillWords", "全员知道停止口令：真实情况，停止演练"),
        "frail_spared": translate("DrillWords", "不让老年、孕妇、病弱客户跑动"),
    }[item]


def cancel_reason(code: str) -> str:
    """Why a drill does not take place."""
    return {
        "postponed": translate("DrillWords", "改期"),
        "busy": translate("DrillWords", "客流太大"),
        "weather": translate("DrillWords", "天气"),
        "other": translate("DrillWords", "其他"),
    }[code]


def report_field(name: str) -> str:
    """A field of the report of a real incident (银协发〔2009〕51号)."""
    return {
        "place": translate("DrillWords", "发生地点"),
        "time": translate("DrillWords", "发生时间"),
        "cause": translate("DrillWords", "起因"),
        "nature": translate("DrillWords", "事件性质"),
        "amount": translate("DrillWords", "涉及金额"),
        "people": translate("DrillWords", "涉及人数"),
        "harm": translate("DrillWords", "造成的损害"),
        "reaction": translate("DrillWords", "社会反应"),
        "trend": translate("DrillWords", "事态趋势"),
        "measures": translate("DrillWords", "已采取的措施"),
    }[name]


def incident_level(level: str) -> str:
    """The level of a service emergency."""
    return {
        "I": translate("DrillWords", "一级，特别重大"),
        "II": translate("DrillWords", "二级，重大"),
        "III": translate("DrillWords", "三级，较大"),
    }[level]


def plan_status(status: str) -> str:
    """How a version of a plan stands."""
    return {
        "draft": translate("DrillWords", "草稿"),
        "effective": translate("DrillWords", "生效"),
        "superseded": translate("DrillWords", "已被新版代替"),
    }[status]


def evidence_label(evidence: str) -> str:
    """What shows that a step was done."""
    return {
        "tick": translate("DrillWords", "打勾"),
        "time": translate("DrillWords", "时间"),
        "photo": translate("DrillWords", "照片"),
        "count": translate("DrillWords", "数量"),
        "text": translate("DrillWords", "文字"),
        "sign": translate("DrillWords", "签名"),
        "call": translate("DrillWords", "通话记录"),
    }[evidence]


def root_cause(code: str) -> str:
    """Why something went wrong in a drill."""
    return {
        "people": translate("DrillWords", "人员"),
        "plan": translate("DrillWords", "预案"),
        "equipment": translate("DrillWords", "设备"),
        "environment": translate("DrillWords", "环境"),
        "training": translate("DrillWords", "培训"),
    }[code]


def next_result_label(result: str) -> str:
    """What became of a step, or of the whole drill, the next time."""
    if result == "late":
        return translate("DrillWords", "做到但迟了")
    return {
        "done": translate("DrillWords", "做到"),
        "passed": translate("DrillWords", "通过"),
        "failed": translate("DrillWords", "没有通过"),
        "wrong": translate("DrillWords", "做错"),
        "missed": translate("DrillWords", "未做"),
        "not_applicable": translate("DrillWords", "不适用"),
    }[result]


def in_words(words: Words) -> str:
    """A text of a scenario in the language of the screens."""
    return words.text("en" if in_english() else "zh")


def weather_label(code: str) -> str:
    """The weather of a drill."""
    return {
        "clear": translate("DrillWords", "晴"),
        "cloudy": translate("DrillWords", "阴"),
        "rain": translate("DrillWords", "雨"),
        "snow": translate("DrillWords", "雪"),
        "hot": translate("DrillWords", "高温"),
        "other": translate("DrillWords", "其他"),
    }[code]
