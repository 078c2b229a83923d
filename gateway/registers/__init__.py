"""What lives elsewhere: zaken, documenten, objecten and their types, read by URL."""
