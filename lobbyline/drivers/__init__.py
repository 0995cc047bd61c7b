"""The wires: bytes out, bytes in, and a stand-in that remembers for each. Drivers know no ticket and no teller."""
