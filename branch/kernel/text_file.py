"""Reads the text of a file that a spreadsheet or an editor wrote; knows not what it is about."""

from __future__ import annotations


def decoded(data: bytes) -> str | None:
    """The text of a file in UTF-8 or GB 18030; None when it is neither."""
    # Spreadsheets in Chinese still write GB 18030 where nobody asks for UTF-8.
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return None
