"""What is asked, made ready once for all requests that ask it."""
