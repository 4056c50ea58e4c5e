"""Tests of our own controls."""
