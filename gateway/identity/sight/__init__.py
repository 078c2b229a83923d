"""What one request may see: every record passes here."""
