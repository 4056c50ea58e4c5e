"""Owns the sentence why a full value was not shown, and the way to emergency access; shows none."""

from __future__ import annotations

from functools import partial

from ui.widgets.banner import Banner
from ui.widgets.reveal_row import RevealRow


class RevealBanner(Banner):
    """Speaks for the rows it watches, the last that was refused."""

    def __init__(self, *, strip: bool = True) -> None:
        super().__init__(strip=strip)
        self._refused: RevealRow | None = None
        self.pressed.connect(self._break_glass)

    def watch(self, row: RevealRow) -> None:
        """Say what this row is refused."""
        row.refused.connect(partial(self._say, row))

    def _say(self, row: RevealRow, text: str, glass_helps: bool) -> None:
        self._refused = row
        self.show_text(text, button=self.tr("紧急查看") if glass_helps else "")

    def _break_glass(self) -> None:
        if self._refused is not None:
            self._refused.break_glass()
            self.clear()
