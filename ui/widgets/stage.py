"""Owns the fixed-size designs of kiosk and board on any screen; must not know what stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QLayout,
    QSizePolicy,
    QSpacerItem,
    QWidget,
)

from ui.shell.theme import theme_of
from ui.widgets.painting import Themed, scale_of

if TYPE_CHECKING:
    _Layout = QLayout
else:
    _Layout = object


class ScaledStage(QWidget):
    """A place of a fixed design size, shown as large as the room allows and centred.

    Real widgets stand on ``content`` in real layouts, so focus and accessibility stay as they
    are; the layouts and widgets of this package multiply their design px by ``stage_factor``.
    """

    def __init__(self, width: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.design = QSize(width, height)
        self.stage_factor = 1.0
        self.content = QWidget(self)
        self.content.resize(self.design)
        self.resize(self.design)

    def sizeHint(self) -> QSize:
        """The design size."""
        return self.design

    def minimumSizeHint(self) -> QSize:
        """Small enough for a preview on a desk."""
        return self.design * 0.2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the factor, place the content, and tell everything that stands on it."""
        super().resizeEvent(event)
        factor = min(self.width() / self.design.width(), self.height() / self.design.height())
        if factor != self.stage_factor:
            self.stage_factor = factor
            for layout in self.content.findChildren(QLayout):
                layout.invalidate()
            for child in self.content.findChildren(QWidget):
                if isinstance(child, Themed):
                    child.refresh()
                child.updateGeometry()
        size = QSize(round(self.design.width() * factor), round(self.design.height() * factor))
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        self.content.setGeometry(place)

    def paintEvent(self, _event: object) -> None:
        """The ground beside the content, where the screen has other proportions."""
        QPainter(self).fillRect(self.rect(), theme_of(self).colour("canvas"))


class _Scaled(_Layout):
    """What the three layouts share: margins and gaps in design px, applied before each use."""

    _design_margins = (0, 0, 0, 0)
    _design_gaps = (0, 0)
    _applied = 0.0

    def _apply(self, factor: float) -> None:
        raise NotImplementedError

    def _sync(self) -> None:
        factor = scale_of(self.parentWidget())
        if factor != self._applied:
            self._applied = factor
            self.setContentsMargins(*(round(side * factor) for side in self._design_margins))
            self._apply(factor)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Margins in design px."""
        self._design_margins = (left, top, right, bottom)
        self._applied = 0.0
        self.invalidate()

    def sizeHint(self) -> QSize:
        self._sync()
        return super().sizeHint()

    def minimumSize(self) -> QSize:
        self._sync()
        return super().minimumSize()

    def setGeometry(self, rect: QRect) -> None:
        self._sync()
        super().setGeometry(rect)


class _Box(_Scaled, QBoxLayout):
    """A row or column whose gaps are design px."""

    def __init__(
        self,
        direction: QBoxLayout.Direction,
        spacing: int,
        margins: tuple[int, int, int, int],
        parent: QWidget | None,
    ) -> None:
        super().__init__(direction, parent)
        self._gap_items: list[tuple[QSpacerItem, int]] = []
        self._design_gaps = (spacing, spacing)
        self.set_margins(*margins)
        self.setSpacing(spacing)

    def add_gap(self, design: int) -> None:
        """A fixed gap of ``design`` px, beside the spacing."""
        item = QSpacerItem(0, 0)
        self._gap_items.append((item, design))
        self._applied = 0.0
        self.addItem(item)

    def _apply(self, factor: float) -> None:
        self.setSpacing(round(self._design_gaps[0] * factor))
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
        down = self.direction() == QBoxLayout.Direction.TopToBottom
        for item, design in self._gap_items:
            length = round(design * factor)
            if down:
                item.changeSize(0, length, free, fixed)
            else:
                item.changeSize(length, 0, fixed, free)
        self.invalidate()


class VBox(_Box):
    """A column: ``VBox(spacing=20, margins=(56, 0, 56, 48), parent=page)``."""

    def __init__(
        self,
        *,
        spacing: int = 0,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom, spacing, margins, parent)


class HBox(_Box):
    """A row: ``HBox(spacing=16)``."""

    def __init__(
        self,
        *,
        spacing: int = 0,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, spacing, margins, parent)


class Grid(_Scaled, QGridLayout):
    """A grid of equal columns: ``Grid(columns=2, spacing=20)``."""

    def __init__(
        self,
        *,
        columns: int = 0,
        spacing: int = 0,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._design_gaps = (spacing, spacing)
        self.set_margins(*margins)
        self.setSpacing(spacing)
        for column in range(columns):
            self.setColumnStretch(column, 1)

    def _apply(self, factor: float) -> None:
        self.setSpacing(round(self._design_gaps[0] * factor))


class Spacer(Themed, QWidget):
    """Empty room of a fixed design size, for places that a layout must keep free."""

    def __init__(self, width: int = 0, height: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._design: Any = QSize(width, height)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_size(self, width: int, height: int) -> None:
        """Keep another room free, design px."""
        self._design = QSize(width, height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The design size on this stage."""
        return QSize(round(self.px(self._design.width())), round(self.px(self._design.height())))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and free its widgets, those of inner layouts too."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
            inner.deleteLater()
        elif widget is not None:
            widget.hide()
            widget.deleteLater()
