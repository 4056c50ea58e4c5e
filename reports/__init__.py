"""Owns what is printed; asks the branch for values and never the screen, and writes no store."""
