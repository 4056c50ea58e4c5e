"""Owns what people see and touch, Qt Widgets only; must not reach into the branch's tables."""
