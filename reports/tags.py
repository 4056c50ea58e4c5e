"""Owns the tags of a PDF: what is a heading, a paragraph, a cell of a table, and what is only
decoration (ISO 32000-1, 14.7 and 14.8); draws nothing.

ReportLab writes none. They let a screen reader tell a label from its value, and read a form in
its order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
)
from reportlab.pdfgen.canvas import Canvas

_ATTRIBUTE = "tingtang_tags"


@dataclass(eq=False)
class _Element:
    """One element: its name in the file, its kind, where it belongs, what it holds."""

    name: str
    kind: str
    parent: str
    page: str
    # Names of elements, and numbers of marked content on the element's page.
    holds: list[str | int] = field(default_factory=list)


class Tags:
    """The elements of one document while its pages are drawn on the canvas."""

    def __init__(self, canvas: Canvas) -> None:
        # What a canvas has of this, and a page's entries, the stubs do not know.
        self._canvas = cast(Any, canvas)
        self._document: Any = self._canvas._doc
        self._elements: list[_Element] = []
        self._marked: dict[str, list[str]] = {}
        self._open = [self._new("Document", "StructRoot")]
        setattr(canvas, _ATTRIBUTE, self)

    def _new(self, kind: str, parent: str) -> _Element:
        name = f"Struct{len(self._elements)}"
        element = _Element(name, kind, parent, self._document.thisPageName())
        self._elements.append(element)
        return element

    @contextmanager
    def element(self, kind: str, *, marked: bool) -> Iterator[None]:
        """What is drawn within belongs to an element of that kind; ``marked``: it is content
        itself and holds no further elements."""
        above = self._open[-1]
        element = self._new(kind, above.name)
        above.holds.append(element.name)
        self._open.append(element)
        if marked:
            on_page = self._marked.setdefault(element.page, [])
            element.holds.append(len(on_page))
            self._canvas._code.append(f"/{kind} <</MCID {len(on_page)}>> BDC")
            on_page.append(element.name)
        yield
        if marked:
            self._canvas._code.append("EMC")
        self._open.pop()

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn within is spoken by no reader."""
        self._canvas._code.append("/Artifact BMC")
        yield
        self._canvas._code.append("EMC")

    def write(self) -> None:
        """The tree of elements into the document; its pages are all drawn."""
        document = self._document
        for element in self._elements:
            document.Reference(
                PDFDictionary(
                    {
                        "Type": PDFName("StructElem"),
                        "S": PDFName(element.kind),
                        "P": PDFObjectReference(element.parent),
                        "Pg": PDFObjectReference(element.page),
                        "K": PDFArray(
                            [
                                one if isinstance(one, int) else PDFObjectReference(one)
                                for one in element.holds
                            ]
                        ),
                    }
                ),
                element.name,
            )
        numbers: list[object] = []
        for number, (name, marked) in enumerate(self._marked.items()):
            page = document.idToObject[name]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = number
            page.Tabs = PDFName("S")
            numbers += [number, PDFArray([PDFObjectReference(one) for one in marked])]
        root = PDFDictionary(
            {
                "Type": PDFName("StructTreeRoot"),
                "K": PDFObjectReference(self._elements[0].name),
                "ParentTree": PDFDictionary({"Nums": PDFArray(numbers)}),
                "ParentTreeNextKey": len(self._marked),
            }
        )
        document.Reference(root, "StructRoot")
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


@contextmanager
def tagged(canvas: Canvas, kind: str) -> Iterator[None]:
    """What is drawn within is one element: "P", "H1", "TH" ... Nothing where no tags are kept."""
    tags: Tags | None = getattr(canvas, _ATTRIBUTE, None)
    if tags is None:
        yield
        return
    with tags.element(kind, marked=True):
        yield


@contextmanager
def grouped(canvas: Canvas, kind: str) -> Iterator[None]:
    """The elements drawn within belong to one: "Table", "TR" ..."""
    tags: Tags | None = getattr(canvas, _ATTRIBUTE, None)
    if tags is None:
        yield
        return
    with tags.element(kind, marked=False):
        yield


@contextmanager
def decoration(canvas: Canvas) -> Iterator[None]:
    """What is drawn within says nothing: rules, grounds, head and foot of a page."""
    tags: Tags | None = getattr(canvas, _ATTRIBUTE, None)
    if tags is None:
        yield
        return
    with tags.artifact():
        yield
