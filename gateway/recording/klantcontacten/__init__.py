"""Klantcontacten: recorded at once, added to while they last, corrected, and linked."""
