#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes the cases in this folder: single operators, and what LiteRT's reference kernels (OpResolverType.BUILTIN_REF,
no delegate) answer. Their quantisation is random, and where files name extremes, at the ends of its range.

    build/venv/bin/python tests/operators/generate.py [FOLDER]

scripts/requirements.txt pins the release of ai-edge-litert whose answers count; with another this refuses to run. The
same release writes the same bytes on every run.

Each NAME.cases holds cases of one operator: the graph in the text form of ir/text.hpp, then the bytes of each input
and of the output as a line of hexadecimal digits ("every int8" stands for -128 to 127). operators_test.cpp reads the
cases and needs no Python; test_operators.py checks that they are what this file writes."""

import importlib.metadata
import pathlib
import re
import sys

import elementwise
import floats
import int16
import plain
import products
import shapes
import windows

HERE = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = HERE.parent.parent / "scripts/requirements.txt"


def main():
    pinned = re.search(r"^ai-edge-litert==(\S+)$", REQUIREMENTS.read_text(), re.MULTILINE).group(1)
    found = importlib.metadata.version("ai-edge-litert")
    if found != pinned:
        sys.exit(f"ai-edge-litert is {found}, not {pinned} as in {REQUIREMENTS}: install that one")
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for module in (elementwise, windows, products, shapes, floats, int16, plain):
        module.write(folder)


if __name__ == "__main__":
    main()
