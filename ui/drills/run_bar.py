"""Owns the top bar of the drill desk and the band under it: which buttons stand when, what is real;
presses none of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branch.drills.queries.detail import RunDetail
from branch.drills.rules.run import TABLETOP
from branch.people.rules import permits
from ui.models.drill_words import in_words
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.button import DangerButton, PlainButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.frame import TopBar
from ui.widgets.state import State

translate = QCoreApplication.translate

DRILLS, INSPECTIONS, BETTER, PLANS = "drills", "inspections", "better", "plans"
CONDUCTOR, ROLE = "conductor", "role"
AFTER = ("ended", "reviewed")


class RunBar(TopBar):
    """Pages while no run is open; the views and buttons of the run otherwise."""

    def __init__(self, station: Station) -> None:
        super().__init__("", clock=station.now)
        roles = station.person.roles
        self.may_conduct = permits("ReleaseInject", roles)
        self._may_open = permits("OpenIncident", roles)
        self.choice = SegmentedControl([(DRILLS, ""), (INSPECTIONS, ""), (BETTER, ""), (PLANS, "")])
        self.view = SegmentedControl(
            [(CONDUCTOR, ""), (ROLE, "")], current=CONDUCTOR if self.may_conduct else ROLE
        )
        self.real = DangerButton("", icon="alarm")
        self.back = PlainButton("", icon="arrow-left")
        self.pause = PlainButton("", icon="pause")
        self.end = DangerButton("", icon="stop")
        self.paper = PlainButton("", icon="document")
        self.add_left(self.choice)
        self.add_left(self.view)
        for part in (self.paper, self.real, self.back, self.pause, self.end):
            self.chips.addWidget(part)

    def show_run(self, detail: RunDetail | None, *, on: bool) -> None:
        """Show the buttons of a run, ``on`` while it runs or is paused; None away from any."""
        home = self.choice.current() == DRILLS
        self.choice.setVisible(detail is None)
        self.view.setVisible(on)
        self.back.setVisible(detail is not None)
        self.pause.setVisible(on and self.may_conduct)
        self.end.setVisible(on and self.may_conduct)
        self.paper.setVisible(detail is not None and detail.line.state in AFTER)
        self.real.setVisible(detail is None and home and self._may_open)
        self.set_subtitle(in_words(detail.line.name) if detail is not None else "")
        real = detail is not None and detail.line.is_real
        self.end.setText(
            translate("RunBar", "结束处置") if real else translate("RunBar", "结束演练")
        )
        if detail is not None and detail.course is not None:
            paused = detail.course.paused
            self.pause.setText(
                translate("RunBar", "继续计时") if paused else translate("RunBar", "暂停计时")
            )
            self.pause.set_icon_name("arrow-right" if paused else "pause")
            self.pause.setEnabled(not detail.line.is_real)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.set_title(translate("RunBar", "应急演练"))
        self.choice.setAccessibleName(translate("RunBar", "演练、巡检、改进或预案"))
        self.choice.set_texts(
            {
                DRILLS: translate("RunBar", "演练"),
                INSPECTIONS: translate("RunBar", "巡检"),
                BETTER: translate("RunBar", "改进"),
                PLANS: translate("RunBar", "预案"),
            }
        )
        self.view.setAccessibleName(translate("RunBar", "看全程或看一个岗位"))
        self.view.set_texts(
            {CONDUCTOR: translate("RunBar", "指挥"), ROLE: translate("RunBar", "岗位")}
        )
        self.real.setText(translate("RunBar", "发生真实险情"))
        self.paper.setText(translate("RunBar", "演练报告"))
        self.back.setText(translate("RunBar", "演练记录"))


class RunBand(Banner):
    """Under the bar of a run that is on: a drill, with the stop word as its button, or real."""

    def __init__(self) -> None:
        super().__init__(State.ATTENTION, danger=True, icon="alarm")

    def show_run(self, detail: RunDetail | None, *, on: bool) -> None:
        """Say what it is, while it is on."""
        if detail is None or not on:
            self.clear()
        elif detail.line.is_real:
            self.set_state(State.URGENT)
            told = translate("RunBar", "按预案逐项处理")
            if detail.turned_ms is not None:
                # The stop word stops calling; a plan opened for what goes on elsewhere does not.
                told = translate("RunBar", "大堂已停止叫号，按预案逐项处理")
            self.show_text(told, lead=translate("RunBar", "这是真实险情"))
        else:
            self.set_state(State.ATTENTION)
            told = ""
            if detail.line.form != TABLETOP:
                # START is locked until this was ticked, for every form that moves people.
                told = translate("RunBar", "已通知监控中心和 110、119、120")
            self.show_text(
                told,
                button=translate("RunBar", "发生真实险情"),
                lead=translate("RunBar", "这是演练，不是真实警情"),
            )
