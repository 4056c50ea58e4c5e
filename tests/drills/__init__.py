"""Tests of emergency plans, scenarios, drill runs and incidents."""
