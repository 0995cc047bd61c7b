"""Receipt printers that speak ESC/POS: what a page is in bytes, what the printer says of itself, and a stand-in."""
