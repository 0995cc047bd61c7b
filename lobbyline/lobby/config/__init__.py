"""The technician's files: read, judged and told about, applied as versions. The only floor that knows TOML."""
