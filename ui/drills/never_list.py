"""Owns what is never done in a scenario, where those who play can read it; decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.drills.rules.scenario import Scenario
from ui.models.drill_words import in_words
from ui.widgets.label import BODY, SECTION, Label
from ui.widgets.stage import VBox

translate = QCoreApplication.translate


class NeverList(QWidget):
    """A heading and a line each; no room where the scenario names nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.head, self.lines = Label("", SECTION), Label("", BODY, wrap=True)
        column = VBox(spacing=4, parent=self)
        column.addWidget(self.head)
        column.addWidget(self.lines)

    def show_scenario(self, scenario: Scenario) -> None:
        """Show what this scenario warns of, in the language of the moment."""
        self.head.setText(translate("NeverList", "千万别做"))
        self.lines.setText("\n".join(in_words(words) for words in scenario.never))
        self.setVisible(bool(scenario.never))
