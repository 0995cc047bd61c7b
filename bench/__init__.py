"""Figures as ratios within one run: this says how we compare, not how fast a machine is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure; with `beside`, the same measured of something well known in the same run."""

    name: str
    value: float
    unit: str
    beside: float | None = None
    note: str = ""

    def __str__(self) -> str:
        ratio = f"{self.value / self.beside:8.2f} ×" if self.beside else " " * 10
        return f"{self.name:<58} {self.value:10.3f} {self.unit:<4} {ratio}  {self.note}"
