"""The customer's room: the touchscreen and the press that prints its tickets. No rules."""
