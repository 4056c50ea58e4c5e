"""Owns the card that says how many people are in the building; must not count anybody."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from branch.visitors.queries.register import RegisterFigures
from ui.widgets.button import PlainButton
from ui.widgets.card import Card, Separator
from ui.widgets.frame import StatFigure
from ui.widgets.stage import HBox

_AFTER = 20
_KEYS = ("all", "staff", "visitors", "customers", "assisted")


class FiguresCard(Card):
    """Everybody, staff, visitors, customers by ticket, who needs help; 打印名册 at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: RegisterFigures | None = None
        self.print_button = PlainButton("", icon="printer")
        self.figures = {key: StatFigure("", figure_px=28) for key in _KEYS}
        row = HBox(margins=(0, 5, 20, 5), parent=self)
        for at, figure in enumerate(self.figures.values()):
            figure.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            if at:
                row.addWidget(Separator(vertical=True, length=55))
            row.addWidget(figure)
            row.add_gap(_AFTER)
        row.addStretch(1)
        row.addWidget(self.print_button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_figures(self, figures: RegisterFigures) -> None:
        """Show how many there are now."""
        self._shown = figures
        unit = self.tr("人")
        for key, figure in self.figures.items():
            figure.set_value(str(getattr(figures, key)), unit)

    def retranslate(self) -> None:
        """Take all words anew."""
        captions = {
            "all": self.tr("现场合计"),
            "staff": self.tr("员工"),
            "visitors": self.tr("访客"),
            "customers": self.tr("客户，按取号估算"),
            "assisted": self.tr("需要协助"),
        }
        for key, caption in captions.items():
            self.figures[key].set_caption(caption)
        self.print_button.setText(self.tr("打印名册"))
        if self._shown is not None:
            self.show_figures(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
