"""Owns our own controls, each with an accessible name; must not know the branch or any screen."""
