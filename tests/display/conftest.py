"""Qt without a screen, a graphics card or a cache on disk."""

from __future__ import annotations

import os

os.environ.update(QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software", QML_DISABLE_DISK_CACHE="1")
