"""Forms, snapshots and drafts of papers."""
