"""Owns the finished PDF as it is shown beside an editor: made beside the GUI thread, the newest one
wins, the place stays; knows no form."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QEvent,
    QIODevice,
    QObject,
    QPointF,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from branch.kernel.errors import TingtangError
from ui.shell.beside import Beside
from ui.shell.station import sentence
from ui.widgets.choice import SegmentedControl
from ui.widgets.label import CAPTION, ElidedLabel
from ui.widgets.painting import Themed
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

# A letter is made anew while somebody types: often enough to follow, seldom enough to stay quiet.
EVERY_MS: Final = 700
WIDTH, PAGE = "width", "page"
_ZOOM: Final = {WIDTH: QPdfView.ZoomMode.FitToWidth, PAGE: QPdfView.ZoomMode.FitInView}


class PaperMaking(QObject):
    """Makes one PDF at a time beside the GUI thread, at most every 700 ms; what was wanted
    meanwhile and is stale by then is never made.

    ``made`` carries the bytes, ``failed`` the TingtangError.
    """

    made = Signal(bytes)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._beside = Beside(self)
        self._wanted: Callable[[], bytes] | None = None
        self._running = False
        self._began = -EVERY_MS / 1000
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """Whether something newer than what is shown is wanted or being made."""
        return self._running or self._wanted is not None

    def want(self, make: Callable[[], bytes]) -> None:
        """Make this as soon as may be; what was wanted before and not begun is forgotten."""
        self._wanted = make
        if not self._running and not self._timer.isActive():
            gone = (time.monotonic() - self._began) * 1000
            self._timer.start(max(0, round(EVERY_MS - gone)))

    def _start(self) -> None:
        make, self._wanted = self._wanted, None
        if make is not None:
            self._running, self._began = True, time.monotonic()
            self._beside.run(make, self._on_made, self._on_failed)

    def _on_made(self, data: bytes) -> None:
        self._running = False
        self.made.emit(data)
        self._go_on()

    def _on_failed(self, error: TingtangError) -> None:
        self._running = False
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        if self._wanted is not None:
            self.want(self._wanted)


class _Pages(Themed, QPdfView):
    """The pages on the ground of the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.refresh()

    def refresh(self) -> None:
        """Take the ground anew."""
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Dark, self.theme().colour("sunken"))
        self.setPalette(colours)
        super().refresh()


class PaperPreview(QWidget):
    """Qt's PDF view with the page it stands at; ``shown`` tells that another PDF is shown."""

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.making = PaperMaking(self)
        self.making.made.connect(self.show_bytes)
        self.making.failed.connect(lambda error: self._note(sentence(error)))
        self.data = b""
        self._source = QBuffer(self)
        self._document = QPdfDocument(self)
        self.view = _Pages()
        self.page = ElidedLabel("", CAPTION)
        self.zoom = SegmentedControl([(WIDTH, ""), (PAGE, "")], padding=10)
        head = HBox(spacing=8)
        head.addWidget(self.page, 1)
        head.addWidget(self.zoom)
        column = VBox(spacing=8, parent=self)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.zoom.chosen.connect(lambda mode: self.view.setZoomMode(_ZOOM[mode]))
        self.view.pageNavigator().currentPageChanged.connect(lambda _page: self._say())
        self.retranslate()

    def show_soon(self, make: Callable[[], bytes]) -> None:
        """Make a PDF beside the GUI thread and show it; ``make`` must not touch a widget."""
        self.making.want(make)

    def show_bytes(self, data: bytes) -> None:
        """Show a finished PDF where the last one stood."""
        bar = self.view.verticalScrollBar()
        place = bar.value()
        source, document = QBuffer(self), QPdfDocument(self)
        source.setData(data)
        source.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(source)
        if document.status() is not QPdfDocument.Status.Ready:
            self._note(translate("PaperPreview", "这份文件打不开"))
            return
        before, self._document = self._document, document
        old, self._source = self._source, source
        self.data = data
        self.view.setDocument(document)
        bar.setValue(min(place, bar.maximum()))
        for gone in (before, old):
            gone.deleteLater()
        self._say()
        self.shown.emit()

    def pages(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount()

    def to_page(self, number: int) -> None:
        """Go to a page, from 1."""
        self.view.pageNavigator().jump(number - 1, QPointF())

    def _say(self) -> None:
        if not self.data:
            self._note(translate("PaperPreview", "正在生成预览"))
            return
        at = self.view.pageNavigator().currentPage() + 1
        words = translate("PaperPreview", "第 {page} 页 共 {pages} 页")
        self._note(words.format(page=at, pages=self.pages()))

    def _note(self, text: str) -> None:
        self.page.set_text(text)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.view.setAccessibleName(translate("PaperPreview", "文书预览"))
        self.zoom.setAccessibleName(translate("PaperPreview", "预览大小"))
        self.zoom.set_texts(
            {
                WIDTH: translate("PaperPreview", "页宽"),
                PAGE: translate("PaperPreview", "整页"),
            }
        )
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
