"""Complaints from receipt to archive: cases, clocks, people who may not handle them, statistics."""
