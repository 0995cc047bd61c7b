"""What the API says and hears: its shapes, the answers that fill them, the bodies of requests, its description."""
