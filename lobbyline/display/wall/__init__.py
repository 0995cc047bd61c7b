"""The hall's television: what it says, and the window that shows it."""
