"""Frozen rows about the lobby, by screen; nothing here writes."""
