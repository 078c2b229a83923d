"""What may be seen and written, as tables that read like the rules they come from."""
