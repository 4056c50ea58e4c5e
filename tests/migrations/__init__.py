"""Tests of the way a store comes to the form of today."""
