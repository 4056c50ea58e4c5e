"""Decisions about drills: scenarios, the run and its clock, the score; pure."""
