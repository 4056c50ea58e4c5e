"""Inspections on the drills screen."""
