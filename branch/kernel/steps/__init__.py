"""Numbered migration steps, each with frozen models of its own; loaded by path, never imported."""
