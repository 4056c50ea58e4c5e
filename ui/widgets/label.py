"""Owns words on a ground: text by role, in the colours of the theme; must not choose words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.shell.theme import DESK, KIOSK
from ui.widgets.painting import Themed


@dataclass(frozen=True)
class TextRole:
    """How a text looks: size in design px, weight 400, 500 or 700, colour token."""

    px: float
    weight: int = 400
    token: str = "ink1"


PAGE_TITLE: Final = TextRole(DESK.page, 700)
CARD_TITLE: Final = TextRole(DESK.card, 700)
SECTION: Final = TextRole(DESK.caption, 500, "ink3")
BODY: Final = TextRole(DESK.body)
STRONG: Final = TextRole(DESK.body, 700)
SECOND: Final = TextRole(DESK.body, 400, "ink2")
CAPTION: Final = TextRole(DESK.caption, 400, "ink3")
SMALL: Final = TextRole(DESK.smallest, 500, "ink2")
FIGURE: Final = TextRole(DESK.figure, 500)
PROMPT: Final = TextRole(22, 500)
K_GREETING: Final = TextRole(KIOSK.greeting, 700)
K_TITLE: Final = TextRole(KIOSK.title, 700)
K_SECOND: Final = TextRole(KIOSK.second, 400, "ink2")
K_BODY: Final = TextRole(KIOSK.body, 400, "ink2")
K_SMALL: Final = TextRole(KIOSK.smallest, 400, "ink2")


class Label(Themed, QLabel):
    """A QLabel whose font and colour come from its role."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = BODY,
        *,
        wrap: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        token: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._role, self._token = role, token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.refresh()

    def set_role(self, role: TextRole) -> None:
        """Look like another role."""
        self._role = role
        self.refresh()

    def set_token(self, token: str) -> None:
        """Take another colour; an empty string goes back to that of the role."""
        self._token = token
        self.refresh()

    def refresh(self) -> None:
        """Take font and colour anew."""
        self.setFont(self.font_px(self._role.px, self._role.weight))
        colour = self.theme().colour(self._token or self._role.token)
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(colours)
        super().refresh()


class ElidedLabel(Label):
    """One line that ends in … when the room is short; the whole text is then the tool tip."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = BODY,
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        self._whole = text
        super().__init__(text, role, align=align, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def whole_text(self) -> str:
        """The text without elision."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        metrics = QFontMetricsF(self.font())
        return QSize(int(metrics.horizontalAdvance(self._whole)) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """At least three letters and the ellipsis."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self._whole[:3] + "…")
        return QSize(min(int(width) + 2, self.sizeHint().width()), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetricsF(self.font())
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width() + 0.5)
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else self._whole)
