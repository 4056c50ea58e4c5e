"""Tests of replayed scenarios and played days."""
