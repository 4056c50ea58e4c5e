"""Honest waits: what history teaches, the lobby projected forward, ranges that keep their word."""
