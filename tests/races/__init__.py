"""Tests with several processes on one store, and with processes killed at work."""
