"""The register at the door: who is inside, expected, coming; lists, form and roll call."""
