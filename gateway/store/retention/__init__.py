"""SQL of what leaves: what is due, how it goes, and what is held of a person."""
