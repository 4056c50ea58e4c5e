"""Frozen rows about visitors, notices, roll calls and what is kept of them; they write nothing."""
