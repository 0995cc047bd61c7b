"""`make bench`: every room's figures; `python -m bench lobby boards` runs some."""

from __future__ import annotations

import argparse
import importlib
import pkgutil

import bench


def main() -> None:
    known = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    options = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").partition("\n")[0])
    options.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(known))
    wanted: list[str] = options.parse_args().rooms
    if unknown := set(wanted) - set(known):
        options.error(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for room in wanted or known:
        print(f"\n{room}")
        for figure in importlib.import_module(f"bench.{room}").figures():
            print(f"  {figure}", flush=True)


if __name__ == "__main__":
    main()
