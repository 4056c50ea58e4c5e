"""A teller at work: every key and button of the counter, and the customer's rating."""
