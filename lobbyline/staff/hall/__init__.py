"""The hall over HTTP: tickets, the lobby manager's look and touches, advice desks, rating pads, what happened."""
