"""What both Qt faces share: theme, fonts, window and the finger of a rehearsal. Neither rules nor words."""
