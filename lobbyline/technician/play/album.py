"""What a visit leaves behind: a line on the terminal for each step, and one page that shows its pictures in order."""

from __future__ import annotations

from html import escape
from pathlib import Path

PAGE = "index.html"
HEAD = """\
<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>One visit</title>
<style>
  body { margin: 40px auto; max-width: 1160px; padding: 0 24px; font: 18px/1.5 sans-serif; color: #14202b;
         background: #f7f8fa }
  h2 { font-size: 18px; font-weight: normal; margin: 64px 0 16px }
  div { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start }
  figure { margin: 0 } figcaption { font-size: 14px; color: #51606e }
  img { display: block; max-width: 548px; max-height: 640px; border-radius: 4px }
  img.board { max-width: 266px }
</style>
<h1>One visit</h1>
"""


class Album:
    """The story of a visit, with the pictures that each step left in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._told: list[str] = []
        self._seen: set[str] = set()

    def tell(self, sentence: str) -> None:
        """A step is over: say so, and lay its pictures beside the sentence."""
        print(f"· {sentence}", flush=True)
        taken = sorted(self.folder.glob("*.png"), key=lambda file: file.stat().st_mtime_ns)
        new = [file.name for file in taken if file.name not in self._seen]
        self._seen.update(new)
        self._told.append(f"<h2>{escape(sentence)}</h2>\n<div>{''.join(map(figure, new))}</div>\n")

    def bind(self) -> Path:
        """Write the page."""
        page = self.folder / PAGE
        page.write_text("".join([HEAD, *self._told]), encoding="utf-8")
        return page


def figure(name: str) -> str:
    look = ' class="board"' if "-board-" in name else ""
    caption = name.removesuffix(".png").partition("-")[2].replace("-", " ")
    return f'\n<figure><img src="{name}" alt=""{look}><figcaption>{caption}</figcaption></figure>'
