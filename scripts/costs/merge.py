# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Puts what was fitted of some bodies into a table of costs and leaves the rest of it as it is."""


def read(text):
    """The lines before the first form, and of every form its own lines, helpers and bodies by name."""
    head, forms, place = [], {}, None
    for line in text.splitlines():
        name = line.strip().split(": ")[0].rstrip(":")
        if not line.startswith(" ") and line.endswith(":") and line != "image_bytes:":
            place = forms[name] = {"own": [], "helpers": {}, "bodies": {}}
            rows = None
        elif place is None:
            head.append(line)
        elif line in ("  helpers:", "  bodies:"):
            rows = place[name]
        elif rows is None:
            place["own"].append(line)
        elif name != "{}":
            rows[name] = line
    return head, forms


def merged(table, fitted, wanted):
    """`table` with the rows that `fitted` has of the `wanted` bodies, and with the helpers that they call."""
    head, forms = read(table)
    for form, new in read(fitted)[1].items():
        rows = {name: row for name, row in new["bodies"].items() if name in wanted}
        kept = {name: row for name, row in forms[form]["bodies"].items() if name not in wanted}
        forms[form]["bodies"] = kept | rows
        for name, row in new["helpers"].items():
            called = any(name in body for body in rows.values())
            if called and (name.strip('"') in wanted or name not in forms[form]["helpers"]):
                forms[form]["helpers"][name] = row
    lines = list(head)
    for form, place in forms.items():
        helpers = [place["helpers"][name] for name in sorted(place["helpers"])] or ["    {}"]
        bodies = [place["bodies"][name] for name in sorted(place["bodies"])]
        lines += [f"{form}:", *place["own"], "  helpers:", *helpers, "  bodies:", *bodies]
    return "\n".join(lines) + "\n"
