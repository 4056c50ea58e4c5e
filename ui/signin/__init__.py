"""How a person comes to a station: first start, sign-in, lock, and the page for a failed start."""
