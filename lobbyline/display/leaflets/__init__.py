"""The branch's own pictures, films and texts, on their way to the wall."""
