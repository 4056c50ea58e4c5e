"""Owns the settings: one file per page; must not decide who may do what."""
