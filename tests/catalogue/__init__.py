"""Tests of the catalogue of services, classes and counters."""
