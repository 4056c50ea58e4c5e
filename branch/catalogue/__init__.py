"""Services, the documents each needs, channels, priority classes, waiting areas and counters."""
