"""People's cards, exchanging them, and the people whom somebody keeps."""
