"""Devices in a technician's hands: asked, tried, shown, and stood in for."""
