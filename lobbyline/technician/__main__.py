"""`python -m lobbyline.technician` is the `lobbyline` command: how programs start each other without a PATH."""

from __future__ import annotations

import sys

from lobbyline.technician.command import main

sys.exit(main())
