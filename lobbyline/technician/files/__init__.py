"""The branch's files: checked, applied, kept as versions, described."""
