"""Visitor register, reception records, notices and consent, roll call, retention."""
