"""What a complaint says on its papers, when each may be issued, and by whom."""
