"""Tests of the lobby: the discipline, every command, every question asked of it."""
