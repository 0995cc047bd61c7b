"""What past days were like, in figures."""
