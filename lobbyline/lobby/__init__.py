"""The branch's rules and its memory: pure rules, one store, the reader of files. No Qt, no serial line, no HTTP."""
