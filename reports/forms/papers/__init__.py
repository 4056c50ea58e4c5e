"""The printed forms of a complaint, TS-01 to TS-10."""
