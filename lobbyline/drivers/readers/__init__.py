"""Readers at the kiosk: cards and codes become plain values. What else a card holds is dropped at once."""
