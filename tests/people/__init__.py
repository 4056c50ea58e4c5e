"""Tests of accounts, PINs and the permission table."""
