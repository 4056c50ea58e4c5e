"""The tests of Tingtang, by room."""
