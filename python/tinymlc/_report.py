# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Reports: what a command gives for machines, as a dictionary that a notebook shows as tables."""
import html
import json
import os
import pathlib
from typing import Any

from . import _native


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_cell(each)}" for name, each in value.items() if each is not None)
    if isinstance(value, list):
        return ", ".join(_cell(each) for each in value)
    return "" if value is None else str(value)


def _row(cells: list[Any], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(_cell(cell))}</{tag}>" for cell in cells) + "</tr>"


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _table(title: str, rows: list[dict[str, Any]]) -> str:
    """Of rows' plain members; what has members of its own is left to whoever reads the dictionary."""
    names = [name for name, value in rows[0].items() if not isinstance(value, (dict, list))]
    body = "".join(_row([row.get(name) for name in names]) for row in rows)
    head = _row([name.replace("_", " ") for name in names], "th")
    return f"<details><summary>{html.escape(title)}: {len(rows)}</summary><table>{head}{body}</table></details>"


class Report(dict[str, Any]):
    """What was found, by the names of the command's `--json`. `page` is the same as one HTML file; empty where there is none."""

    def __init__(self, title: str, native: _native.Report) -> None:
        super().__init__(json.loads(native.json))
        self.title, self.page = title, native.page

    def save(self, path: "str | os.PathLike[str]") -> None:
        """Writes the page."""
        pathlib.Path(path).write_text(self.page, encoding="utf-8")

    def _repr_html_(self) -> str:
        plain = [(name, value) for name, value in self.items() if value not in (None, [], {}, "") and not _is_table(value)]
        rows = "".join(_row([name.replace("_", " "), value]) for name, value in plain)
        tables = "".join(_table(name, value) for name, value in self.items() if _is_table(value))
        return f"<table><caption>{html.escape(self.title)}</caption>{rows}</table>{tables}"
