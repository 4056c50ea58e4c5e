"""The figures behind "How we know": measured anew by one command, each against its bound."""
