"""Owns the way of a finished PDF to a printer or a folder; knows no form and asks nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QMarginsF,
    QObject,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument

from branch.kernel.errors import TingtangError
from ui.shell.beside import Beside

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

# A printer of this name is a folder: what would be printed is left there as PDF files.
FOLDER: Final = "folder:"

# Thrice a thermal head's 203 dpi, so that bars and dots stay whole ones; fine enough for an
# office printer, and a page of 1200 dpi would take 500 MB.
MOST_DPI: Final = 609

# Paper up to this width (points, 112 mm) is a thermal roll: its head knows no grey.
ROLL_POINTS: Final = 318.0


class PrintFailed(TingtangError):
    """The paper did not come. Codes: no_printer, print_system_missing, printer_gone(printer),
    printer_stopped(printer), printer_refused(printer), print_file_damaged,
    print_folder_refused(folder)."""


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A printer this machine knows: the name to print with, and what to show for it."""

    name: str
    label: str
    is_default: bool


def printers() -> tuple[PrinterChoice, ...]:
    """The printers of this machine, in the system's order; none where it cannot print at all."""
    try:
        from PySide6.QtPrintSupport import QPrinterInfo
    except ImportError:  # a system without printing libraries
        return ()
    return tuple(
        PrinterChoice(info.printerName(), info.description(), info.isDefault())
        for info in QPrinterInfo.availablePrinters()
    )


def print_pdf(
    data: bytes, printer_name: str | None, copies: int = 1, *, duplex: bool = False
) -> None:
    """Print every page of the PDF `data` at its own size; None takes the system's default.

    `duplex` asks the printer for both sides, turned over the long edge; one that cannot prints
    one side.

    "folder:/path" leaves one file there instead, named after the PDF's title. Needs a
    QGuiApplication, and returns when the print system has taken the job: call it through
    PrintQueue where a window must stay awake. Raises PrintFailed.
    """
    source = QBuffer()
    source.setData(data)
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(source)
    if document.status() is not QPdfDocument.Status.Ready:
        raise PrintFailed("print_file_damaged")
    if printer_name is not None and printer_name.startswith(FOLDER):
        title = str(document.metaData(QPdfDocument.MetaDataField.Title))
        _leave_in(Path(printer_name.removeprefix(FOLDER)), title, data)
    else:
        _paint(document, _printer(printer_name), copies, duplex)


def _leave_in(folder: Path, title: str, data: bytes) -> None:
    stem = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", title).strip(" .") or "print"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _new_file(folder, stem)
        try:
            path.write_bytes(data)
        except OSError:
            path.unlink()
            raise
    except OSError as error:
        raise PrintFailed("print_folder_refused", folder=str(folder)) from error


def _keep(data: bytes, file: Path, private: bool) -> None:
    try:
        if private:
            # Its rights come before its first byte, also where a file of that name was there.
            file.touch(mode=0o600)
            file.chmod(0o600)
        file.write_bytes(data)
    except OSError as error:
        raise PrintFailed("print_folder_refused", folder=str(file.parent)) from error


def _new_file(folder: Path, stem: str) -> Path:
    """An empty file of that name, numbered where a print of that name is there already."""
    number = 1
    while True:
        path = folder / (f"{stem}.pdf" if number == 1 else f"{stem} ({number}).pdf")
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            number += 1
        else:
            return path


def _printer(name: str | None) -> QPrinter:
    """The printer of that name, or the default one, ready to be painted on."""
    try:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
    except ImportError as error:
        raise PrintFailed("print_system_missing") from error
    info = QPrinterInfo.defaultPrinter() if name is None else QPrinterInfo.printerInfo(name)
    if info.isNull():
        if name is None:
            raise PrintFailed("no_printer")
        raise PrintFailed("printer_gone", printer=name)
    # The print system takes jobs for a stopped printer too and keeps them, while a person waits.
    if info.state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise PrintFailed("printer_stopped", printer=info.printerName())
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def _paint(document: QPdfDocument, printer: QPrinter, copies: int, duplex: bool) -> None:
    printer.setDocName(str(document.metaData(QPdfDocument.MetaDataField.Title)))
    printer.setCopyCount(copies)
    if duplex:
        printer.setDuplex(type(printer).DuplexMode.DuplexLongSide)
    printer.setFullPage(True)
    _set_page(printer, document.pagePointSize(0))
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintFailed("printer_refused", printer=printer.printerName())
    # Qt's print engine would make a JPEG of the page, with specks along every letter and bar.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        for number in range(document.pageCount()):
            size = document.pagePointSize(number)
            if number and not (_set_page(printer, size) and printer.newPage()):
                raise PrintFailed("printer_refused", printer=printer.printerName())
            dpi = printer.resolution()
            image = _page_image(document, number, size, min(dpi, MOST_DPI))
            # A driver that knows the printed width only gets the middle of the paper.
            left = (printer.pageLayout().fullRectPixels(dpi).width() - size.width() * dpi / 72) / 2
            target = QRectF(left, 0, size.width() * dpi / 72, size.height() * dpi / 72)
            painter.drawImage(target, image)
    finally:
        painter.end()


def _set_page(printer: QPrinter, points: QSizeF) -> bool:
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    return printer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )


def _page_image(document: QPdfDocument, number: int, points: QSizeF, dpi: int) -> QImage:
    pixels = QSize(round(points.width() * dpi / 72), round(points.height() * dpi / 72))
    page = document.render(number, pixels)
    image = QImage(pixels, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawImage(0, 0, page)
    painter.end()
    if points.width() <= ROLL_POINTS:
        # Left to a driver, the grey of soft edges becomes specks.
        return image.convertToFormat(
            QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither
        )
    return image


class PrintQueue(QObject):
    """Prints one file after another beside the GUI thread and tells there how each went."""

    printed = Signal(object)  # the key given to submit
    failed = Signal(object, object)  # the key, the PrintFailed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beside = Beside(self)

    def submit(
        self,
        key: object,
        make: Callable[[], bytes],
        printer_name: str | None,
        copies: int = 1,
        *,
        duplex: bool = False,
    ) -> None:
        """Make a file and print it as print_pdf does. `key` comes back with the outcome.

        `make` runs beside the GUI thread too: a form takes longer than a window may stand still.
        """
        self._start(key, lambda: print_pdf(make(), printer_name, copies, duplex=duplex))

    def keep(
        self, key: object, make: Callable[[], bytes], file: Path, *, private: bool = False
    ) -> None:
        """Make a file and leave it at a place of the user's choice; one that is there goes.

        A ``private`` one can be opened by this user only.
        """
        self._start(key, lambda: _keep(make(), file, private))

    def wait(self) -> None:
        """Return when everything submitted has gone to its printer, as before the end."""
        self._beside.wait()

    def _start(self, key: object, deed: Callable[[], None]) -> None:
        self._beside.run(
            deed,
            lambda _none: self.printed.emit(key),
            lambda failure: self.failed.emit(key, failure),
        )
