"""Tests of the wall display."""
