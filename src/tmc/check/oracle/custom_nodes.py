# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Nodes of operators that `--custom` describes, which no oracle knows: computed by the user's Python functions.

custom.json lists them as oracle.hpp says. An oracle runs what lies before such nodes, then these, then what lies behind
them: `levels` says which is which.
"""
import importlib.util
import json
import pathlib
import traceback

import numpy


class CustomNode:
    """One node of the file. The function gets the inputs in their order, and everything else by its name."""

    def __init__(self, entry):
        self.outputs = entry["outputs"]
        self.settings = entry["settings"]
        self.results = entry["results"]
        self.function = self._load(pathlib.Path(entry["file"]), entry["function"])

    @staticmethod
    def _load(path, name):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if not hasattr(module, name):
            raise ValueError(f"{path} has no function '{name}'")
        return getattr(module, name)

    def compute(self, inputs):
        """The arrays that it gives, as the description says that they are."""
        try:
            found = self.function(*inputs, **self.settings)
        except Exception as problem:  # the user's code may raise anything
            line = traceback.extract_tb(problem.__traceback__)[-1]
            raise ValueError(f"{line.filename}, line {line.lineno}: {problem!r}") from problem
        found = list(found) if isinstance(found, (tuple, list)) else [found]
        name = self.function.__name__
        if len(found) != len(self.results):
            raise ValueError(f"{name} gives {len(found)} arrays, the description says {len(self.results)}")
        arrays = []
        for array, result in zip(map(numpy.asarray, found), self.results):
            wanted = numpy.dtype(result["dtype"])
            if list(array.shape) != result["shape"] or (wanted.kind == "i" and array.dtype.kind not in "iu"):
                raise ValueError(f"{name} gives {array.dtype} {list(array.shape)}, the description says "
                                 f"{wanted} {result['shape']}")
            arrays.append(array.astype(wanted))
        return arrays


def load(path):
    """By the name of every output that the file's node has."""
    nodes = [CustomNode(entry) for entry in json.loads(pathlib.Path(path).read_text(encoding="utf-8"))]
    return {name: node for node in nodes for name in node.outputs if name}


def levels(nodes, reads, writes, is_custom):
    """The nodes, which stand in the order in which they run, as [(others, custom nodes)]: all others of a level come
    before its custom nodes, and these before the next level. `reads` and `writes` give a node's tensors."""
    level_of, found = {}, []
    for node in nodes:
        level = max((level_of.get(tensor, 0) for tensor in reads(node)), default=0)
        while len(found) <= level:
            found.append(([], []))
        custom = is_custom(node)
        found[level][custom].append(node)
        level_of.update({tensor: level + custom for tensor in writes(node)})
    return found
