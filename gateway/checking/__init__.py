"""What is looked at before an operation is executed."""
