"""What can be recorded, changed and removed."""
