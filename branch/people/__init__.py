"""Staff, their roles, PIN sign-in, and the one table of who may run which command."""
