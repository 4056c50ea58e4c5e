"""What a teller works with: the counter window, its strip, and the customer's rating screen."""
