"""`make bench`: every room's figures; `python -m bench lobby boards` runs some."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main() -> None:
    known = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    for room in sys.argv[1:] or known:
        print(f"\n{room}")
        for figure in importlib.import_module(f"bench.{room}").figures():
            print(f"  {figure}", flush=True)


if __name__ == "__main__":
    main()
