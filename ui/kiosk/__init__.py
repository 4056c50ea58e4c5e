"""Where a customer takes a ticket: big targets, few words, no personal data."""
