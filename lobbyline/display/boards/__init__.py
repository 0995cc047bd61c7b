"""The program of the LED boards: what each shall show, and the protocols that technicians describe."""
