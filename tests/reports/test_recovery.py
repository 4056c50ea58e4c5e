"""The sheet with the recovery key: the key can be read and scanned back, and one page holds all."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from branch.kernel.keys import SCRATCH_KEY, read_recovery
from reports.forms.recovery import recovery_pdf
from tests.reports.paper import READERS, dots, packed
from tests.reports.register_samples import BRANCH, NOW


def sheet(language: str) -> bytes:
    return recovery_pdf(BRANCH, SCRATCH_KEY.recovery, SCRATCH_KEY.fingerprint, NOW, language)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_key_read_from_the_sheet_is_the_key(language: str, reader: str) -> None:
    said = packed(READERS[reader](sheet(language)))
    numbered = "".join(f"{n}{group}" for n, group in enumerate(SCRATCH_KEY.recovery.split("-"), 1))
    assert numbered in said
    assert SCRATCH_KEY.fingerprint in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_page_holds_all_so_that_no_page_stays_in_the_printer(language: str) -> None:
    assert len(PdfReader(BytesIO(sheet(language))).pages) == 1


def test_the_sheet_says_what_it_is_for_and_how_it_is_kept() -> None:
    said = packed(READERS["pdftotext"](sheet("zh")))
    for sentence in (
        "本机的密钥和这张纸都没有了，数据就打不开，没有别的办法。",
        "请装入不透光的信封，两人在封口签字并写日期，放进保险柜，不和电脑放在一起。",
        "请不要拍照、扫描、复印",
        "封存人一封存人二日期",
        "启封登记时间事由启封人签字在场人签字",
        "打印时间2026-11-2010:26",
    ):
        assert sentence in said


def test_the_key_is_nowhere_in_what_the_file_says_of_itself() -> None:
    about = str(PdfReader(BytesIO(sheet("zh"))).metadata)
    assert not any(group in about for group in SCRATCH_KEY.recovery.split("-"))


def test_a_scanner_reads_the_key(tmp_path: Path) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp reads the printed codes")
    found = zxingcpp.read_barcodes(dots(sheet("zh"), tmp_path, 200))
    assert [read_recovery(code.text) for code in found] == [SCRATCH_KEY]
