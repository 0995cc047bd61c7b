"""The customer's side: a number at once, its paper, the form while waiting, appointments, numbers of an emergency."""
