"""What a screen reader gets of a form: headings, tables, label and value, in their order."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from branch.papers.forms import FORMS
from reports.forms.papers.paper import paper_pdf
from reports.forms.papers.words import form_title
from tests.reports.paper import packed, poppler
from tests.reports.papers.filled import filled, head

CONTENT = {"H1", "H2", "P", "TH", "TD"}
GROUPS = {"Document", "Table", "TR"}


def elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", []):
        held = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(held, dict):
            yield from elements(held)


def below(element: Any) -> list[str]:
    return [str(one["/S"])[1:] for one in elements(element)][1:]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_every_mark_on_a_page_belongs_to_one_element(form: str, language: str) -> None:
    reader = PdfReader(BytesIO(paper_pdf(head(form, language), filled(form, language))[0]))
    catalog = reader.trailer["/Root"]
    assert bool(catalog["/MarkInfo"]["/Marked"])
    root = catalog["/StructTreeRoot"]
    found = list(elements(root["/K"].get_object()))
    kinds = [str(element["/S"])[1:] for element in found]
    assert kinds[0] == "Document"
    assert set(kinds) <= CONTENT | GROUPS
    assert kinds.count("H1") == 1
    numbers = root["/ParentTree"]["/Nums"]
    marked = {numbers[at]: numbers[at + 1] for at in range(0, len(numbers), 2)}
    for number, page in enumerate(reader.pages):
        assert page["/StructParents"] == number
        assert page["/Tabs"] == "/S"
        commands = page.get_contents().get_data()  # type: ignore[union-attr]
        assert commands.count(b"/MCID") == len(marked[number])
        # Everything shown stands in an element or is decoration.
        assert commands.count(b"BDC") + commands.count(b"BMC") == commands.count(b"EMC")
    for element in found:
        kind = str(element["/S"])[1:]
        holds = {isinstance(kid, int) for kid in element["/K"]}
        # A cell that holds cells of its own is a table within the table.
        assert holds == ({False} if kind in GROUPS or "Table" in below(element) else {True})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reader_hears_the_label_and_then_the_value(language: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    fields = filled("TS-01", language, name="陈女士")
    path.write_bytes(paper_pdf(head("TS-01", language), fields)[0])
    done = subprocess.run(
        [poppler("pdfinfo"), "-struct-text", str(path)], capture_output=True, text=True, check=True
    )
    heard = packed(done.stdout)
    assert packed(form_title("TS-01", language)) in heard
    label = "姓名或名称Name" if language == "zh" else "Name姓名或名称"
    assert heard.index(label) < heard.index("陈女士")
    # Head and foot are repeated on every page and are not read out.
    assert "K7QF-2M9C-XW4T" not in heard
