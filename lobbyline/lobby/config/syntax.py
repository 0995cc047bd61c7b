"""A file that is not TOML, told to somebody who has not read the standard: on which line, and what is wrong there."""

from __future__ import annotations

import re

_DATE = "there is no such day or time; a date is written like 2026-10-01"
_UNCLOSED_TEXT = "a quotation mark is missing on this line"
_BACKSLASH = 'a "\\" in a text begins a special sign: write "\\\\", or put the text in single quotes'
_TWICE = "this [table] stands here a second time"
# How the sentences of tomllib begin.
_PLAINLY = {
    "Invalid date or datetime": _DATE,
    "Invalid value": 'a value is missing or not readable: texts stand in quotes, like "A"',
    "Invalid statement": 'a line like key = "value" or a [table] is expected',
    "Invalid initial character for a key part": "a key of letters and digits is expected; a table in { } is one line",
    "Invalid hex value": _BACKSLASH,
    "Cannot overwrite a value": "this key stands here a second time",
    "Cannot declare": _TWICE,
    "Cannot redefine namespace": _TWICE,
    "Cannot mutate immutable namespace": "a table in { } is complete: write this key inside it",
    "Duplicate inline table key": "this key stands here a second time",
    "Escaped character is not a Unicode scalar value": _BACKSLASH,
    "Expected '=' after a key": '"=" is expected after the key',
    "Expected ']' at the end of a table declaration": 'a "]" is missing after the name of the table',
    "Expected ']]' at the end of an array declaration": '"]]" is expected after the name of the table',
    "Expected newline or end of document": 'something is left over at the end of the line; a remark begins with "#"',
    "Expected": _UNCLOSED_TEXT,
    "Found invalid character": _UNCLOSED_TEXT,
    "Illegal character '\\n'": _UNCLOSED_TEXT,
    "Illegal character": "a character stands here that may not",
    "Unclosed array": 'a "]" is missing',
    "Unclosed inline table": 'a "}" is missing, or the table in { } goes over several lines',
    "Unescaped '\\\\' in a string": _BACKSLASH,
    "Unterminated string": _UNCLOSED_TEXT,
}
_FULL_WIDTH = dict(zip("，＝：“”‘’「」［］【】｛｝（）＃．　", ',=:""\'\'""[][]{}()#. ', strict=True))
_ZEROS = "bytes of 0 stand here, as after a power cut: take the file from a copy, or `lobbyline apply --back VERSION`"
# What the line itself tells better than tomllib does.
_SEEN = {
    re.compile("\\0"): _ZEROS,
    re.compile(
        "^(?:<{7}|={7}|>{7})"
    ): "git could not put two versions together here: keep one of them, without its marks",
    re.compile(f"[{''.join(_FULL_WIDTH)}]"): "{sign} is a full-width sign; in the English input mode it is {plain}",
    re.compile(r"\b(?:True|False|TRUE|FALSE)\b"): "true and false are written in small letters",
    re.compile(r"\b\d{4}-(?:\d-\d\d?|\d\d-\d)\b"): _DATE,
    re.compile(r"= *[+-]?0\d"): "a number does not begin with 0",
}
_TEXT_OR_REMARK = re.compile(r"""\"(?:\\.|[^"\\])*"|'[^']*'|#.*""")


def plainly(text: str, message: str) -> tuple[int, str]:
    """The line that tomllib's message is about, and the sentence for it."""
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    line = int(at[1]) if at and at[1] else text.rstrip().count("\n") + 1
    said = message[: at.start()] if at else message
    plain = next((words for start, words in _PLAINLY.items() if said.startswith(start)), said)
    row = text.split("\n")[line - 1]
    return line, f"is not TOML: {_seen_in(row) or plain}"


def _seen_in(row: str) -> str:
    """What is wrong with a line as far as the eye can see, outside its texts and remarks."""
    bare = _TEXT_OR_REMARK.sub("", row)
    seen = ((sign.search(bare), words) for sign, words in _SEEN.items())
    told = (words.format(sign=at[0], plain=_FULL_WIDTH.get(at[0], "")) for at, words in seen if at)
    return next(told, "") or _unseen_in(bare) or _unseen_in("".join(sign for sign in row if sign < " "))


def _unseen_in(row: str) -> str:
    """A blank of another kind, or a sign without any width, as they come along when text is copied."""
    sign = next((sign for sign in row if not sign.isprintable() and sign not in "\t\r"), "")
    return (
        f"a sign that cannot be seen (U+{ord(sign):04X}) stands here: delete it, or put a plain blank" if sign else ""
    )
