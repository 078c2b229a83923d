"""SQL that writes: one aggregate each, always within a transaction."""
