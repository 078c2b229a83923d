"""What is written down of what was shown, before it is shown."""
