"""The room of those who install and repair: the `lobbyline` command."""
