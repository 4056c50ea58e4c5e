"""What a bank branch does: rules, records, commands and queries, without Qt and without PDF."""
