"""The room of papers: forms, what was issued frozen, its copies, codes and delivery."""
