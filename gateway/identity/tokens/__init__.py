"""Whether a token is believed, and what it says."""
