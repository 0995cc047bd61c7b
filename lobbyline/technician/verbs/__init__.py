"""What tellers, the lobby manager, the back office and the vault do, by command: each is one transaction."""
