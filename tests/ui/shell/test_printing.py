"""A finished PDF on its way to a printer, to a folder, or to nowhere, and who is told."""

from __future__ import annotations

import builtins
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from reports.forms.ticket import ticket_pdf
from tests.reports.paper import dots, ink, poppler
from tests.reports.samples import CHINESE
from ui.shell import printing
from ui.shell.printing import PrinterChoice, PrintFailed, PrintQueue, print_pdf, printers


@pytest.fixture(scope="module")
def ticket() -> bytes:
    return ticket_pdf(CHINESE)


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Qt's PDF reader and printers need an application object."""


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], Path]:
    """A printer that is there on every machine: Qt's own, whose paper is a PDF file."""
    target = tmp_path / "printed.pdf"

    def printer(_name: str | None) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        return made

    monkeypatch.setattr(printing, "_printer", printer)
    return lambda: target


class Known:
    """Stands for QPrinterInfo where the test decides which printers the system has."""

    def __init__(self, name: str = "", state: Any = QPrinter.PrinterState.Idle) -> None:
        self.name, self.stopped = name, state

    def isNull(self) -> bool:
        return not self.name

    def state(self) -> Any:
        return self.stopped

    def printerName(self) -> str:
        return self.name

    def description(self) -> str:
        return f"{self.name} beside the door"

    def isDefault(self) -> bool:
        return True


def test_a_folder_gets_the_file_under_its_title(ticket: bytes, tmp_path: Path) -> None:
    print_pdf(ticket, f"folder:{tmp_path / 'out' / 'tickets'}")
    left = list((tmp_path / "out" / "tickets").iterdir())
    assert [path.name for path in left] == ["号票 C018 2026-11-20.pdf"]
    assert left[0].read_bytes() == ticket


def test_a_folder_keeps_every_print(ticket: bytes, tmp_path: Path) -> None:
    for _ in range(3):
        print_pdf(ticket, f"folder:{tmp_path}")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "号票 C018 2026-11-20 (2).pdf",
        "号票 C018 2026-11-20 (3).pdf",
        "号票 C018 2026-11-20.pdf",
    ]


def test_a_folder_that_cannot_be_written_is_named(ticket: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PrintFailed) as caught:
        print_pdf(ticket, f"folder:{tmp_path / 'file'}")
    assert caught.value.code == "print_folder_refused"
    assert caught.value.values == {"folder": str(tmp_path / "file")}


def test_a_full_disk_leaves_no_half_file(
    ticket: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PrintFailed, match="print_folder_refused"):
        print_pdf(ticket, f"folder:{tmp_path}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"no PDF at all", b"%PDF-1.4\nbroken"])
def test_a_damaged_file_goes_nowhere(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(PrintFailed) as caught:
        print_pdf(data, f"folder:{tmp_path}")
    assert caught.value.code == "print_file_damaged"
    assert list(tmp_path.iterdir()) == []


def test_a_printer_gets_the_page_at_its_size_in_black(
    ticket: bytes, paper: Callable[[], Path], tmp_path: Path
) -> None:
    print_pdf(ticket, "Kiosk")
    printed = PdfReader(paper())
    source = dots(ticket, tmp_path)
    assert len(printed.pages) == 1
    width, height = printed.pages[0].mediabox.width, printed.pages[0].mediabox.height
    assert float(width) == pytest.approx(640 * 72 / 203, abs=1)
    assert float(height) == pytest.approx(source.height * 72 / 203, abs=1)
    result = dots(paper().read_bytes(), tmp_path)
    assert ink(result) == pytest.approx(ink(source), abs=2)


def test_a_roll_gets_no_grey(ticket: bytes, paper: Callable[[], Path], tmp_path: Path) -> None:
    print_pdf(ticket, "Kiosk")
    subprocess.run(
        [poppler("pdfimages"), "-png", str(paper()), str(tmp_path / "image")], check=True
    )
    (image,) = tmp_path.glob("image-*.png")
    with Image.open(image) as picture:
        assert picture.width == 3 * 640
        levels = picture.convert("L").histogram()
    assert sum(levels[1:255]) == 0
    assert levels[0] > 0


def test_without_a_printer_and_none_chosen_it_says_so(
    ticket: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "defaultPrinter", staticmethod(Known))
    with pytest.raises(PrintFailed) as caught:
        print_pdf(ticket, None)
    assert caught.value.code == "no_printer"


def test_a_printer_that_is_gone_is_named(ticket: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "printerInfo", staticmethod(lambda _name: Known()))
    with pytest.raises(PrintFailed) as caught:
        print_pdf(ticket, "Kiosk")
    assert (caught.value.code, caught.value.values) == ("printer_gone", {"printer": "Kiosk"})


def test_a_stopped_printer_is_not_fed(ticket: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = Known("Kiosk", QPrinter.PrinterState.Error)
    monkeypatch.setattr(QPrinterInfo, "printerInfo", staticmethod(lambda _name: stopped))
    with pytest.raises(PrintFailed) as caught:
        print_pdf(ticket, "Kiosk")
    assert (caught.value.code, caught.value.values) == ("printer_stopped", {"printer": "Kiosk"})


def test_a_printer_that_refuses_the_job_is_named(
    ticket: bytes, paper: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing.QPainter, "begin", lambda _painter, _device: False)
    with pytest.raises(PrintFailed) as caught:
        print_pdf(ticket, "Kiosk")
    assert caught.value.code == "printer_refused"
    assert not paper().exists()


def test_a_system_without_printing_has_no_printers(
    ticket: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_import = builtins.__import__

    def no_print_support(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "PySide6.QtPrintSupport":
            raise ImportError("libcups.so.2: cannot open shared object file")
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_print_support)
    assert printers() == ()
    with pytest.raises(PrintFailed) as caught:
        print_pdf(ticket, "Kiosk")
    assert caught.value.code == "print_system_missing"


def test_the_printers_of_the_system_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinters", staticmethod(lambda: [Known("Kiosk")]))
    assert printers() == (PrinterChoice("Kiosk", "Kiosk beside the door", True),)


def test_the_queue_prints_beside_the_window_and_tells_it(
    qtbot: QtBot, ticket: bytes, tmp_path: Path
) -> None:
    queue = PrintQueue()
    told = []
    queue.printed.connect(lambda key: told.append((key, current_thread() is main_thread())))
    with qtbot.waitSignals([queue.printed] * 3):
        for number in range(3):
            queue.submit(number, lambda: ticket, f"folder:{tmp_path}")
    assert told == [(0, True), (1, True), (2, True)]
    assert len(list(tmp_path.iterdir())) == 3


def test_the_queue_tells_what_failed(qtbot: QtBot, ticket: bytes, tmp_path: Path) -> None:
    queue = PrintQueue()
    (tmp_path / "file").touch()
    with qtbot.waitSignal(queue.failed) as failure:
        queue.submit("C018", lambda: ticket, f"folder:{tmp_path / 'file'}")
    key, error = failure.args
    assert key == "C018"
    assert isinstance(error, PrintFailed)
    assert error.code == "print_folder_refused"


def test_waiting_for_the_queue_leaves_nothing_unprinted(ticket: bytes, tmp_path: Path) -> None:
    queue = PrintQueue()
    for _ in range(5):
        queue.submit("C018", lambda: ticket, f"folder:{tmp_path}")
    queue.wait()
    assert len(list(tmp_path.iterdir())) == 5
