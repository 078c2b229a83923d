"""Of which type a record is, where that takes more than its class."""
