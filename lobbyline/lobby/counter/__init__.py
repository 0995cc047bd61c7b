"""The teller's side: one counter, its five steps, and what no speed may skip."""
