"""What the hall sees, and the lobby manager's side of it."""
