"""Owns what every window shares: application, session, theme, fonts; must not know any one screen."""
