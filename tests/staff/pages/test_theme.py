"""The theme as CSS."""

from __future__ import annotations

from lobbyline.staff.pages import theme


def test_tokens_become_variables() -> None:
    """Each token of the theme is one CSS variable with its unit."""
    tokens = {
        "colour": {"ink": "#14202B", "accent_ink": "#FFFFFF"},
        "type": {"family": "Noto Sans CJK SC", "body": 36, "line": 1.35},
        "duration": {"touch": 80},
    }
    assert theme.css(tokens) == (
        ":root {\n"
        "  --colour-ink: #14202B;\n"
        "  --colour-accent-ink: #FFFFFF;\n"
        '  --type-family: "Noto Sans CJK SC";\n'
        "  --type-body: 36px;\n"
        "  --type-line: 1.35;\n"
        "  --duration-touch: 80ms;\n"
        "}\n"
    )


def test_alpha_moves_to_the_end() -> None:
    """The theme's files write alpha first, as Qt does; CSS reads it last."""
    assert theme.colour("#B314202B") == "#14202BB3"
