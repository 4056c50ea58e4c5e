"""A day file is read whole or refused whole, with line, column and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from branch.kernel.errors import BadInput
from branch.kernel.phrases import phrases
from branch.tools.day_file import COLUMNS, Visitor, read_day
from tests.conftest import SHANGHAI

HEADER = ",".join(COLUMNS)
ROW = "2026-11-20 09:00:16,P11,ordinary,,,zh,236,yes,,5"
SAMPLES = Path(__file__).parents[2] / "resources" / "samples" / "days"


def read(text: str, folder: Path) -> list[Visitor]:
    file = folder / "day.csv"
    file.write_text(text, encoding="utf-8")
    classes = {"ordinary", "elderly", "appointment"}
    return read_day(file, SHANGHAI, {"P01", "P11"}, classes)[1]


def test_a_good_row_is_understood(tmp_path: Path) -> None:
    text = f"{HEADER}\n2026-11-20 09:23:18,P01,appointment,seat;read_aloud,09:30,en,354,no,12,4\n"
    (visitor,) = read(text, tmp_path)
    assert visitor.slot is not None
    assert (visitor.slot - visitor.arrives_at) / 1000 == 402
    assert visitor.care == {"seat", "read_aloud"}
    assert (visitor.language, visitor.service_s, visitor.shows_up) == ("en", 354, False)
    assert (visitor.patience_min, visitor.rating, visitor.line) == (12, 4, 2)


@pytest.mark.parametrize(
    ("row", "column", "given"),
    [
        (ROW.replace("09:00:16", "9 Uhr"), "arrives_at", "2026-11-20 9 Uhr"),
        (ROW.replace("P11", "P99"), "service", "P99"),
        (ROW.replace("ordinary", "royal"), "priority_class", "royal"),
        (ROW.replace("ordinary,", "ordinary,blind"), "care_needs", "blind"),
        (ROW.replace("ordinary", "appointment"), "appointment", ""),
        (ROW.replace("ordinary,,", "appointment,,25:00"), "appointment", "25:00"),
        (ROW.replace(",zh,", ",fr,"), "language", "fr"),
        (ROW.replace(",236,", ",0,"), "service_seconds", "0"),
        (ROW.replace(",236,", ",-5,"), "service_seconds", "-5"),
        (ROW.replace(",yes,", ",maybe,"), "shows_up", "maybe"),
        (ROW.replace(",yes,,5", ",yes,x,5"), "leaves_after_minutes", "x"),
        (ROW[:-1] + "6", "rating", "6"),
        (ROW + ",more", "-", "11 columns"),
        (ROW.replace("2026-11-20", "2026-11-21"), "arrives_at", "2026-11-21 09:00:16"),
    ],
)
def test_the_first_wrong_cell_is_named(row: str, column: str, given: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read(f"{HEADER}\n{ROW}\n{row}\n", tmp_path)
    values = refused.value.values
    assert refused.value.code == "day_file_cell"
    assert (values["line"], values["column"], values["given"]) == (3, column, given)
    assert values["expected"]
    sentence = phrases("errors").say(refused.value.code, "zh", **values)
    assert "第 3 行" in sentence
    assert "整个文件没有读入" in sentence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "day_file_header"),
        ("a,b\n", "day_file_header"),
        (f"{HEADER}\n", "day_file_empty"),
        (f'{HEADER}\n"2026', "day_file_cell"),
    ],
)
def test_a_file_of_another_form_is_refused(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read(text, tmp_path)
    assert refused.value.code == code


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "day.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput) as refused:
        read_day(file, SHANGHAI, {"P01"}, {"ordinary"})
    assert refused.value.code == "file_unreadable"
