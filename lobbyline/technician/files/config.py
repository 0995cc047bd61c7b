"""`lobbyline config`: the bank's base profile, and what the branch lays over it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from lobbyline.lobby.config import base
from lobbyline.lobby.config.changes import over_the_base
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.technician.call import Answer, Call, counted
from lobbyline.technician.parser import Parser


def diff(call: Call) -> Answer:
    """`lobbyline config diff`: what the branch lays over the bank's base."""
    found = over_the_base(call.written)
    nothing = "Nothing lies over the base." if call.written.branch.base else "This branch stands on no base profile."
    return Answer("\n".join(map(str, found)) or nothing, [asdict(change) for change in found])


def seal(call: Call) -> Answer:
    """`lobbyline config seal FOLDER [--key FILE]`: the bank's checksums, signed where there is a key."""
    folder, key = call.options.profile, None
    if call.options.key_file:
        key = _private_key(call.options.key_file)
    if not (folder / base.PROFILE).exists():
        raise ConfigError([Mistake(folder / base.PROFILE, 1, "is missing: this folder is no base profile")])
    names = base.seal(folder, key)
    public = base.public_key(key) if key else ""
    signature = f', signed; branches write under [base]: key = "{public}"' if key else ""
    return Answer(f"{folder}: {counted(len(names), 'file')} sealed{signature}", {"files": names, "key": public})


def _private_key(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise ConfigError([Mistake(file, 1, f"cannot be read: {error.strerror or error}")]) from error
    except (ValueError, TypeError) as error:
        raise ConfigError([Mistake(file, 1, "is no private key without a password in PEM")]) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError([Mistake(file, 1, "is another kind of key: `openssl genpkey -algorithm ed25519` makes one")])
    return key


def words(top: Parser) -> None:
    """The command of this module."""
    profile = top.command("config", diff, "What the branch lays over the bank's base profile.")
    profile.command("diff", diff, "What this branch lays over the bank's base.")
    sealing = profile.command("seal", seal, "Seal a base profile with checksums.")
    sealing.add_argument("profile", metavar="FOLDER", type=Path, help="the profile's folder")
    sealing.add_argument("--key", dest="key_file", type=Path, metavar="FILE", help="sign them, too: Ed25519 in PEM")
