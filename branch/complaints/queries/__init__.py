"""Complaints as lists, details and figures show them; everything masked, nothing written."""
