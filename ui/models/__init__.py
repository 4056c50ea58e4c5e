"""What several windows show, put into words and list models; no window and no command."""
