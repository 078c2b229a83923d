"""What a request asks, how it is asked, by whom, and what answer it takes."""
