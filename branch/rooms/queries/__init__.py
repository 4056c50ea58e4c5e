"""What screens and papers see of complaint rooms; writes nothing."""
