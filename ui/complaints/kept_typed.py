"""Owns what was typed into questions that were closed unsent: it is there again the next time; must
not know any question, nor keep anything beyond the window."""

from __future__ import annotations

from ui.complaints.step_dialog import StepDialog


class KeptTyped:
    """By whatever tells one question from another: the case and the step, the paper, the action."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], dict[str, object]] = {}

    def open(self, dialog: StepDialog, *key: object) -> None:
        """Open a question with what was typed the last time."""
        kept = self._kept.pop(key, None)
        if kept is not None:
            dialog.put_back(kept)
        dialog.rejected.connect(lambda: self._kept.update({key: dialog.typed()}))
        dialog.open()
