"""Owns what every window shares: application, session, theme, fonts; knows no screen."""
