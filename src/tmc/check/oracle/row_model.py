# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What the oracles of models of rows share: their library lies in a place of its own, and they give one tensor.

The files are as oracle.hpp says; frontend/common/row_model.hpp says what the graph takes and gives."""
import importlib
import pathlib
import sys

CANNOT_IMPORT = 3  # the exit code for it
LIBRARIES = pathlib.Path(sys.prefix) / "structured"  # where scripts/setup puts them


def library(name):
    """The module; ends the process where it is missing."""
    sys.path.append(str(LIBRARIES))
    try:
        return importlib.import_module(name)
    except ImportError as missing:
        print(f"{name}: {missing}", file=sys.stderr)
        sys.exit(CANNOT_IMPORT)


def answer(name, inputs_path, outputs_path, predict):
    """Writes what `predict` makes of the rows of each sample. Labels are integers."""
    numpy = library("numpy")
    samples = numpy.load(inputs_path)["tensor0"]
    try:
        found = numpy.stack([predict(rows) for rows in samples])
    except Exception as problem:  # the libraries have their own for every kind of refusal
        text = str(problem).strip().splitlines()
        raise SystemExit(f"{name}: {text[0] if text else repr(problem)}")
    found = found.astype(numpy.int64 if found.dtype.kind in "iu" else numpy.float32)
    numpy.savez(outputs_path, oracle=numpy.frombuffer(name.encode(), numpy.uint8),
                name0=numpy.frombuffer(b"prediction", numpy.uint8), tensor0=found)
