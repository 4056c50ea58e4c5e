"""Tests of first start, sign-in, lock and the page for a failed start."""
