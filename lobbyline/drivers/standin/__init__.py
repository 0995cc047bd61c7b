"""What stand-ins of all devices share: where they are reached."""
