"""Owns the choice of services, whole groups or single ones; must not know what it is for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QTreeWidget, QTreeWidgetItem, QWidget

from ui.dashboard.whatif_lines import Offer
from ui.dashboard.whatif_words import services_words
from ui.shell.language import language
from ui.widgets.stage import VBox

_CODE: Final = int(Qt.ItemDataRole.UserRole)
_ROW: Final = 36
_HEIGHT: Final = 400
_LEAST_WIDTH: Final = 320


class _Tree(QTreeWidget):
    """Everything, groups, services; a tick on a group is one on all it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape close the panel, everything else is the tree's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.window().close()
            return
        super().keyPressEvent(event)


class ServicePick(QComboBox):
    """Shows the services chosen in a few words; opens a panel with a tick for each."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self._offer: Offer | None = None
        self._root: QTreeWidgetItem | None = None
        self.panel = QFrame(self, Qt.WindowType.Popup)
        self.tree = _Tree()
        VBox(margins=(6, 6, 6, 6), parent=self.panel).addWidget(self.tree)
        self.tree.itemChanged.connect(self._on_tick)
        self.addItem("")

    def services(self) -> frozenset[str]:
        """The codes that are ticked."""
        return frozenset(
            str(leaf.data(0, _CODE))
            for leaf in self._leaves()
            if leaf.checkState(0) is Qt.CheckState.Checked
        )

    def set_offer(self, offer: Offer) -> None:
        """Offer these services in the language of the moment; the ticks stay."""
        ticked, code = self.services(), language().code
        self._offer = offer
        blocked = self.tree.blockSignals(True)
        self.tree.clear()
        root = self._item(None, services_words(offer.every(), offer))
        for group in offer.groups:
            branch = self._item(root, group.name.text(code))
            for service in offer.services:
                if service.group == group.code:
                    self._item(branch, service.name.text(code), service.code)
        self.tree.addTopLevelItem(root)
        self._root = root
        root.setExpanded(True)
        self.tree.blockSignals(blocked)
        self.put(ticked)

    def put(self, services: frozenset[str]) -> None:
        """Tick these."""
        blocked = self.tree.blockSignals(True)
        for leaf in self._leaves():
            on = leaf.data(0, _CODE) in services
            leaf.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.tree.blockSignals(blocked)
        self._tell()

    def _item(self, parent: QTreeWidgetItem | None, text: str, code: str = "") -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [text]) if parent else QTreeWidgetItem([text])
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | (Qt.ItemFlag.NoItemFlags if code else Qt.ItemFlag.ItemIsAutoTristate)
        )
        item.setData(0, _CODE, code)
        item.setSizeHint(0, QSize(0, _ROW))
        item.setCheckState(0, Qt.CheckState.Unchecked)
        return item

    def _leaves(self) -> list[QTreeWidgetItem]:
        return [leaf for group in _children(self._root) for leaf in _children(group)]

    def _on_tick(self) -> None:
        self._tell()
        self.picked.emit()

    def _tell(self) -> None:
        if self._offer is not None:
            text = services_words(self.services(), self._offer)
            self.setItemText(0, text)
            self.setToolTip(text)

    def showPopup(self) -> None:
        """Open the panel under the choice, or above it where there is no room."""
        width = max(self.width(), _LEAST_WIDTH)
        below = self.mapToGlobal(QPoint(0, self.height() + 4))
        room = self.screen().availableGeometry()
        height = min(_HEIGHT, room.height())
        top = below.y()
        if top + height > room.bottom():
            top = max(room.top(), self.mapToGlobal(QPoint(0, -4)).y() - height)
        left = max(room.left(), min(below.x(), room.right() - width))
        self.panel.setGeometry(left, top, width, height)
        self.panel.show()
        self.tree.setFocus()
        if self._root is not None:
            self.tree.setCurrentItem(self._root)

    def hidePopup(self) -> None:
        """Close the panel."""
        self.panel.hide()
        super().hidePopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form scrolls, the choice stays."""
        event.ignore()


def _children(item: QTreeWidgetItem | None) -> list[QTreeWidgetItem]:
    count = item.childCount() if item is not None else 0
    return [child for at in range(count) if item and (child := item.child(at)) is not None]
