"""Contact data of a partij: added, changed, removed, and verified by a code."""
