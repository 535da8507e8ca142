# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Puts what was fitted of some implementations into a table of costs and leaves the rest of it as it is."""


def read(text):
    """The lines before the first form, and of every form its own lines, helpers and implementations by name."""
    head, forms, place = [], {}, None
    for line in text.splitlines():
        name = line.strip().split(": ")[0].rstrip(":")
        if not line.startswith(" ") and line.endswith(":") and line != "image_bytes:":
            place = forms[name] = {"own": [], "helpers": {}, "implementations": {}}
            rows = None
        elif place is None:
            head.append(line)
        elif line in ("  helpers:", "  implementations:"):
            rows = place[name]
        elif rows is None:
            place["own"].append(line)
        elif name != "{}":
            rows[name] = line
    return head, forms


def merged(table, fitted, wanted):
    """`table` with the rows that `fitted` has of the `wanted` implementations, and with the helpers that they call."""
    head, forms = read(table)
    for form, new in read(fitted)[1].items():
        rows = {name: row for name, row in new["implementations"].items() if name in wanted}
        kept = {name: row for name, row in forms[form]["implementations"].items() if name not in wanted}
        forms[form]["implementations"] = kept | rows
        for name, row in new["helpers"].items():
            called = any(name in implementation for implementation in rows.values())
            if called and (name.strip('"') in wanted or name not in forms[form]["helpers"]):
                forms[form]["helpers"][name] = row
    lines = list(head)
    for form, place in forms.items():
        helpers = [place["helpers"][name] for name in sorted(place["helpers"])] or ["    {}"]
        implementations = [place["implementations"][name] for name in sorted(place["implementations"])]
        lines += [f"{form}:", *place["own"], "  helpers:", *helpers, "  implementations:", *implementations]
    return "\n".join(lines) + "\n"
