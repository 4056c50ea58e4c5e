"""The public hall: greeting, triage, tickets, the queue, counters' work, help and ratings."""
