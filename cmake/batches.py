#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Sorts source files into batches that one compiler run can take together: batches.py LINES FILE...

Prints a line for each file, "BATCH FILE". No batch has files whose anonymous namespaces define a name alike, nor one that says
a name which a file before it defines so, nor more LINES than two cores can share to the end of a build. Run by tmc_batches
(module.cmake)."""
import re
import sys

ANONYMOUS = re.compile(r"^namespace \{$(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
# A definition begins at the left margin; its name stands before the first bracket, or behind the word that says what it is.
KIND = re.compile(r"(?:class|struct|union|enum class|enum|concept|using|namespace) (?:[\w:]*::)?(\w+)")
NAMED = re.compile(r"[a-zA-Z][^(={;\[]*?\b(\w+) *[(={;\[]|(\w+)\(")
CONSTANTS = re.compile(r"\b(k[A-Z]\w*) = ")
MACRO = re.compile(r"^#define (\w+)", re.MULTILINE)
# `testing` is gtest's namespace but where a header of the module's own has been included.
OWN_TESTING = re.compile(r'^#include "[\w/]*/testing/', re.MULTILINE)
SAID = re.compile(r"(?<![.:>\w])[a-zA-Z]\w*")
TESTS = re.compile(r"^(?:TYPED_)?(?:TEST|INSTANTIATE)\w*$")


def names_of(text):
    """What the file defines for itself alone: a name and, of an alias, which may be said twice, what it stands for."""
    names = {(name, "") for name in MACRO.findall(text)}
    for line in "\n".join(ANONYMOUS.findall(text)).splitlines():
        found = KIND.match(line) or NAMED.match(line)
        name = found and (found[1] or found[2])
        if name and not TESTS.match(name):
            names.add((name, line if line.startswith(("using ", "namespace ")) and line.endswith(";") else ""))
        if line.startswith("const"):  # there may be several
            names.update((constant, "") for constant in CONSTANTS.findall(line))
    if "testing" in SAID.findall(text):
        names.add(("testing", "the module's" if OWN_TESTING.search(text) else "gtest's"))
    return names


class Batch:
    def __init__(self):
        self.files, self.names, self.lines = [], {}, 0

    def takes(self, names, said, lines, most_lines):
        own = dict(names)
        clash = any(not meaning or own.get(name, meaning) != meaning for name, meaning in self.names.items()
                    if name in own or name in said)
        return not clash and self.lines + lines <= most_lines

    def add(self, file, names, lines):
        self.files.append(file)
        self.names.update(names)
        self.lines += lines


def batches_of(files, most_lines):
    """Each file comes into the first batch that has room for it and none of its names, or begins one."""
    batches = []
    for file in files:
        with open(file, encoding="utf-8") as source:
            text = source.read()
        names, said, lines = names_of(text), set(SAID.findall(text)), text.count("\n")
        batch = next((batch for batch in batches if batch.takes(names, said, lines, most_lines)), None)
        if batch is None:
            batches.append(batch := Batch())
        batch.add(file, names, lines)
    return batches


def main():
    for index, batch in enumerate(batches_of(sys.argv[2:], int(sys.argv[1]))):
        for file in batch.files:
            print(f"{index} {file}")


if __name__ == "__main__":
    main()
