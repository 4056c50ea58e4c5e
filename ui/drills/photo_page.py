"""Owns the photos of a run: adding one with faces hidden, looking, taking one out; keeps none."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from branch.drills.commands.evidence import AddPhoto, OpenPhoto, RemovePhoto
from branch.drills.queries.detail import Photo, RunDetail
from branch.kernel.errors import BadInput
from branch.people.rules import permits
from ui.drills.run_desk import RunDesk
from ui.models.drill_words import in_english, run_time
from ui.shell.station import sentence
from ui.widgets.blur_dialog import ask_picture
from ui.widgets.button import LARGE, SMALL_TOUCH, LinkButton, PlainButton
from ui.widgets.dialog import ConfirmDialog, PanelDialog
from ui.widgets.label import BODY, CAPTION, SECOND, Label
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear

translate = QCoreApplication.translate

_SHOWN = QSize(900, 560)


class PhotoDialog(PanelDialog):
    """One photo, as large as the window allows."""

    def __init__(self, parent: QWidget, data: bytes, title: str) -> None:
        image = QImage.fromData(data)
        if image.isNull():
            raise BadInput("picture_kind", field="photo")
        shown = image.scaled(
            _SHOWN, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        super().__init__(parent, title, width=max(360, shown.width() + 56))
        picture = QLabel()
        picture.setPixmap(QPixmap.fromImage(shown))
        picture.setAccessibleName(title)
        self.body.addWidget(picture)
        self.body.add_gap(8)
        self.body.addWidget(Label(title, SECOND, wrap=True))
        close = PlainButton(translate("PhotoDialog", "关闭"), size=LARGE)
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
        close.setFocus()


class PhotoPage(QWidget):
    """A line a photo. ``said`` carries what was done, or why not."""

    said = Signal(str)

    def __init__(self, desk: RunDesk) -> None:
        super().__init__()
        self.desk = desk
        self._detail: RunDetail | None = None
        self._shown: object = None
        roles = desk.station.person.roles
        self._may_add = permits("AddPhoto", roles)
        self.looks: dict[int, PlainButton] = {}
        self.removes: dict[int, LinkButton] = {}
        self.hint = Label("", SECOND, wrap=True)
        self.add = PlainButton("", size=LARGE, icon="camera")
        self.add.clicked.connect(self.ask_photo)
        body = QWidget()
        self._rows = VBox(spacing=6, parent=body)
        self.area = ScrollArea(body, bare=True)
        column = VBox(spacing=12, margins=(20, 16, 20, 16), parent=self)
        column.addWidget(self.hint)
        column.addWidget(self.area, 1)
        foot = HBox()
        foot.addStretch(1)
        foot.addWidget(self.add)
        column.addLayout(foot)
        self.retranslate()

    def show_run(self, detail: RunDetail) -> None:
        """Show its photos, the oldest first."""
        self._detail = detail
        open_ = detail.line.state in ("running", "paused", "ended") and self._may_add
        self.add.setVisible(open_)
        key = (detail.photos, detail.line.state, in_english())
        if key == self._shown:
            return
        self._shown = key
        clear(self._rows)
        self.looks, self.removes = {}, {}
        for number, photo in enumerate(detail.photos, 1):
            self._rows.addWidget(self._row(number, photo, open_))
        if not detail.photos:
            self._rows.addWidget(Label(translate("PhotoPage", "还没有照片"), SECOND))
        self._rows.addStretch(1)

    def _row(self, number: int, photo: Photo, open_: bool) -> QWidget:
        row = QWidget()
        words = VBox(spacing=2)
        title = translate("PhotoPage", "照片 {n}").format(n=number)
        if photo.kind == "sign":
            title = translate("PhotoPage", "签名 {n}").format(n=number)
        words.addWidget(Label(title, BODY))
        about = [] if photo.at_ms is None else [run_time(photo.at_ms)]
        if photo.step is not None:
            about.append(translate("PhotoPage", "第 {n} 步").format(n=photo.step))
        about.append(photo.by)
        words.addWidget(Label(translate("PhotoPage", "，").join(about), CAPTION))
        line = HBox(spacing=8, parent=row)
        line.addLayout(words, 1)
        look = PlainButton(translate("PhotoPage", "看"), size=SMALL_TOUCH)
        look.setAccessibleName(translate("PhotoPage", "看{title}").format(title=title))
        look.clicked.connect(partial(self._look, photo.id, title))
        self.looks[photo.id] = look
        line.addWidget(look)
        if open_:
            remove = LinkButton(translate("PhotoPage", "移除"), size=SMALL_TOUCH)
            remove.setAccessibleName(translate("PhotoPage", "移除{title}").format(title=title))
            remove.clicked.connect(partial(self._ask_remove, photo.id, title))
            self.removes[photo.id] = remove
            line.addWidget(remove)
        return row

    def ask_photo(self) -> None:
        """Ask for a photo of the run."""
        ask_picture(self, self.keep, self.said.emit)

    def keep(self, data: bytes) -> None:
        """Add a photo whose faces are hidden."""
        self.desk.send(
            AddPhoto(self.desk.run_id, None, data, at_ms=self._moment()),
            lambda _photo: self.said.emit(translate("PhotoPage", "照片已保存")),
        )

    def _moment(self) -> int | None:
        return self.desk.gross_ms() if self.desk.is_on() else None

    def _look(self, photo: int, title: str, _on: bool = False) -> None:
        def show(data: object) -> None:
            assert isinstance(data, bytes)  # what the command gives
            try:
                PhotoDialog(self, data, title).open()
            except BadInput as error:
                self.said.emit(sentence(error))

        self.desk.station.run(self, OpenPhoto(photo), show)

    def _ask_remove(self, photo: int, title: str, _on: bool = False) -> None:
        """It does not come back: ask first."""
        question = ConfirmDialog(
            self,
            title=translate("PhotoPage", "移除{title}").format(title=title),
            text=translate("PhotoPage", "移除后找不回来，谁移除的会留下记录。"),
            confirm=translate("PhotoPage", "移除"),
            cancel=translate("PhotoPage", "返回"),
        )
        question.accepted.connect(partial(self._remove, photo))
        question.open()

    def _remove(self, photo: int) -> None:
        self.desk.send(
            RemovePhoto(photo),
            lambda _none: self.said.emit(translate("PhotoPage", "照片已移除")),
        )

    def retranslate(self) -> None:
        """Take all words anew."""
        self.area.setAccessibleName(translate("PhotoPage", "照片"))
        self.hint.setText(translate("PhotoPage", "保存前先遮住人脸、证件和屏幕。"))
        self.add.setText(translate("PhotoPage", "添加照片"))
        self._shown = None
        if self._detail is not None:
            self.show_run(self._detail)
