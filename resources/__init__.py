"""Fonts, catalogues, samples, phrases, icons and style sheets: data only, no logic."""
