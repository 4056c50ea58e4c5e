"""The complaint rooms' screen: a session from the first words to what was promised."""
