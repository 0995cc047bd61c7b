"""What boards and keypads share: frames that a technician describes, the answers to them, and one serial line."""
