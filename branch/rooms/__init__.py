"""Complaint rooms: their bookings, the sessions held in them, silent help, turnover."""
