"""Keypads on a serial line: callers beside a teller, rating pads before a customer. A key in, a face out."""
