"""Frozen rows of plans, scenarios, runs and reports; writes nothing."""
