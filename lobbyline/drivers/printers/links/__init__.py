"""Ways to a printer: each scheme of an address has the module of its name."""
