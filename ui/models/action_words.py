"""Owns the words of where a corrective action comes from; must not decide anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branch.quality.queries import Action
from ui.models.drill_words import root_cause
from ui.models.outcome_words import cause_label

translate = QCoreApplication.translate


def source_label(source: str, number: str) -> str:
    """Where it comes from, with the number of that where it may be seen: 投诉 20261120-0001."""
    return f"{kind_label(source)} {number}".strip()


def kind_label(source: str) -> str:
    """What kind of thing it comes from."""
    return {
        "complaint": translate("ActionWords", "投诉"),
        "promise": translate("ActionWords", "接待约定"),
        "drill": translate("ActionWords", "演练"),
        "inspection": translate("ActionWords", "巡检"),
        "evaluation": translate("ActionWords", "服务评价"),
    }[source]


def cause_text(action: Action) -> str:
    """Why it happened: a drill has its own causes, an inspection names its item."""
    if action.source == "drill":
        return root_cause(action.cause)
    if action.source == "inspection":
        return translate("ActionWords", "检查项 {item}").format(item=action.cause)
    return cause_label(action.cause)


def when_text(action: Action) -> str:
    """Who mends it until when, and what came of it so far."""
    comma = translate("ActionWords", "，")
    words = translate("ActionWords", "{name}，{day} 前完成")
    parts = [words.format(name=action.owner_name, day=action.due_on)]
    if action.raised:
        parts.append(raised_label())
    if action.reopened:
        again = translate("ActionWords", "复核未通过 {n} 次")
        parts.append(again.format(n=action.reopened))
    if action.checker:
        checked = translate("ActionWords", "{name}已复核")
        parts.append(checked.format(name=action.checker))
    return comma.join(parts)


def effect_text(action: Action) -> str:
    """Whether it helped: from when that is looked at, or what was found; else nothing."""
    if action.effect_due:
        words = translate("ActionWords", "{day} 起复核效果").format(day=action.effect_due)
    elif action.effect == "good":
        words = translate("ActionWords", "{name}复核效果：有效果").format(
            name=action.effect_checker
        )
    elif action.effect == "poor":
        words = translate("ActionWords", "{name}复核效果：没有效果，{why}").format(
            name=action.effect_checker, why=action.effect_note
        )
    else:
        words = ""
    return words


def effect_label() -> str:
    """That somebody should look whether it helped."""
    return translate("ActionWords", "效果待复核")


def raised_label() -> str:
    """That it is before the branch manager."""
    return translate("ActionWords", "已提交负责人")


def source_choices() -> list[tuple[str, str]]:
    """Every source to choose from by its code, and all of them under an empty one."""
    kinds = ("complaint", "promise", "drill", "inspection", "evaluation")
    return [("", translate("ActionWords", "全部来源")), *((one, kind_label(one)) for one in kinds)]


def note_text(action: Action, *, own: bool) -> str:
    """Whose turn it is, where it is somebody else's."""
    if action.state == "open" and not own:
        return translate("ActionWords", "由责任人填写完成情况")
    if own and (action.state == "done" or action.effect_due):
        return translate("ActionWords", "等另一位同事复核")
    return ""
