"""Where a branch's memory lives: prepare a server, admit branches, move a branch from one engine to another."""

from __future__ import annotations

from argparse import ArgumentTypeError

from lobbyline.lobby.copies import running
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.store.store import open_store
from lobbyline.technician.call import Answer, Call, counted
from lobbyline.technician.parser import Parser


def prepare(call: Call) -> Answer:
    """`lobbyline store prepare ADDRESS`: make the tables, or bring them up to date."""
    from lobbyline.lobby.store.postgresql import link, schema

    address = call.options.address
    with link.translated(address), link.connect(address) as connection, connection.unhurried():
        applied = schema.prepare(connection)
    told = f"prepared: {', '.join(applied)}" if applied else "nothing to do: it is up to date"
    return Answer(told, {"applied": applied})


def admit(call: Call) -> Answer:
    """`lobbyline store admit ADDRESS`: the branch may keep its memory there, under a role that sees nothing else."""
    from lobbyline.lobby.store.postgresql import link, schema

    branch = call.setup.branch.id
    with link.translated(call.options.address), link.connect(call.options.address) as connection:
        role = schema.admit(connection, branch)
    return Answer(
        f"{branch} may sign in as {role}; give it a password or a certificate.", {"branch": branch, "role": role}
    )


def copy(call: Call) -> Answer:
    """`lobbyline store copy FROM TO`: the whole history of the branch, proven equal."""
    from lobbyline.lobby.store import moving

    if programs := running(call.data):
        raise StoreError(f"{call.data}: end the programs first: {', '.join(programs)}")
    if "://" not in call.options.source and not (call.data / call.options.source).exists():
        raise StoreError(f"{call.data / call.options.source}: there is no such memory")
    branch = call.setup.branch.id
    source = open_store(call.options.source, call.data, branch)
    target = open_store(call.options.target, call.data, branch)
    try:
        moved = moving.move(source, target)
    finally:
        source.close()
        target.close()
    lines = [f"{table:<14} {found.rows}" for table, found in moved.items() if found.rows]
    lines.append(f"{source.where} and {target.where} hold the same. Now name the new one: [store] url in branch.toml.")
    return Answer("\n".join(lines), {table: found.rows for table, found in moved.items()})


def upload(call: Call) -> Answer:
    """`lobbyline store upload`: tell the head office what it does not know yet."""
    from lobbyline.lobby.store import uploading

    address = call.options.address or call.setup.branch.store.head_office
    if not address:
        raise StoreError("Say where to: an ADDRESS, or head_office in [store] of branch.toml")
    target = open_store(address, call.data / "head-office", call.setup.branch.id)
    try:
        sent = uploading.upload(call.lobby.store, target)
    finally:
        target.close()
    return Answer(f"{counted(sent, 'event')} sent to {target.where}", {"sent": sent})


def server(address: str) -> str:
    if not address.startswith("postgresql://"):
        raise ArgumentTypeError(f'"{address}"; postgresql://OWNER@HOST/DATABASE is expected')
    return address


def words(top: Parser) -> None:
    """The command of this module."""
    stores = top.command("store", None, "Where the memory lives: a file, or a PostgreSQL server.")
    making = "Make the tables in a PostgreSQL database, or bring them up to date; as its owner."
    preparing = stores.command("prepare", prepare, making)
    admitting = stores.command(
        "admit", admit, "Let the branch keep its memory there, under a role of its own; as its owner."
    )
    for one in (preparing, admitting):
        one.add_argument("address", metavar="ADDRESS", type=server, help="postgresql://OWNER@HOST/DATABASE")
    copying = stores.command("copy", copy, "Move the branch's whole history to another engine, and prove it equal.")
    copying.add_argument("source", metavar="FROM", help="a file in the data folder, or an address")
    copying.add_argument("target", metavar="TO", help="the other, as its owner")
    uploading = stores.command("upload", upload, "Tell the head office's server every event that it does not know yet.")
    uploading.add_argument(
        "address", nargs="?", metavar="ADDRESS", type=server, help="instead of head_office in [store]"
    )
