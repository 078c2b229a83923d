"""Partijen: registered, changed, linked, emptied and removed."""
