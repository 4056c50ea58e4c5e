"""The complaint desk: every complaint to its end, in time, by the right person (picture i)."""
