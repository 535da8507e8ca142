#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs ONNX's conformance cases that pass on the host on an emulated board: many of them, side by side in one model,
make one firmware. tests/test_conformance_on_board.py checks what comes of it.

  build/venv/bin/python tests/board_conformance.py      runs all that pass as they ship

Models of a batch have the same opsets. A batch that is refused is halved until the case stands alone that is refused: it
takes more memory than the board has, or types that are for hosts alone.
"""
import collections
import concurrent.futures
import pathlib
import tempfile

import numpy
import onnx
import onnx.compose

import conformance
from conformance import PASS, REFUSED, difference

BOARD = "mps2-an500"
BATCH_NODES = 120  # of the cases in a firmware, unless one alone has more: beyond, the board's compiler takes long
# Of the largest output: the board's compiler may fuse a product and a sum.
TOLERANCE = 2e-5
RAN = "ran"


class Case:
    """A model with its first data set, under names that no other case has."""

    def __init__(self, index, name, folder):
        self.name = name
        model = onnx.load(str(folder / "model.onnx"))
        self.inputs, self.expected = conformance.read_data_set(model, folder / "test_data_set_0")
        self.tolerance = conformance.ROUNDED.get(folder.name, TOLERANCE)
        prefix = f"case{index}_"
        self.model = onnx.compose.add_prefix(model, prefix)
        self.inputs = {prefix + port: array for port, array in self.inputs.items()}
        self.expected = {prefix + port: array for port, array in self.expected.items()}

    def opsets(self):
        return tuple(sorted((opset.domain, opset.version) for opset in self.model.opset_import if opset.domain in (
            "", "ai.onnx.ml")))


def side_by_side(cases):
    """One model of all of them."""
    merged = onnx.ModelProto()
    merged.CopyFrom(cases[0].model)
    merged.ir_version = max(case.model.ir_version for case in cases)
    domains = {opset.domain for opset in merged.opset_import}
    for case in cases[1:]:
        graph = case.model.graph
        for field in ("node", "initializer", "sparse_initializer", "input", "output", "value_info"):
            getattr(merged.graph, field).extend(getattr(graph, field))
        merged.functions.extend(case.model.functions)
        new = [opset for opset in case.model.opset_import if opset.domain not in domains]
        merged.opset_import.extend(new)
        domains |= {opset.domain for opset in new}
    return merged


def run_on_board(cases, scratch):
    """What is done, and the outputs by name."""
    model, inputs = side_by_side(cases), {}
    for case in cases:
        inputs |= case.inputs
    return conformance.run(model, inputs, scratch, BOARD)


def judge(case, outputs):
    wrong = [f"{name} is {text}" for name, array in case.expected.items()
             if (text := difference(array, outputs[name], case.tolerance))]
    return f"WRONG: {wrong[0]}" if wrong else RAN


def run_batch(cases):
    """Results by name: RAN, "refused: why" or "WRONG: what"."""
    with tempfile.TemporaryDirectory() as scratch:
        done, outputs = run_on_board(cases, pathlib.Path(scratch))
    if done.returncode == 0:
        return {case.name: judge(case, outputs) for case in cases}
    if len(cases) > 1:
        half = len(cases) // 2
        return run_batch(cases[:half]) | run_batch(cases[half:])
    said = [line for line in done.stderr.splitlines() if line.startswith("tinymlc: ") and ": warning: " not in line]
    is_refusal = done.returncode == REFUSED and said
    return {cases[0].name: f"refused: {said[0]}" if is_refusal else f"WRONG: exit code {done.returncode}"}


def batches_of(cases):
    """Cases of the same opsets in batches."""
    by_opsets = collections.defaultdict(list)
    for case in cases:
        of_opsets = by_opsets[case.opsets()]
        nodes = sum(len(other.model.graph.node) for other in of_opsets[-1]) if of_opsets else BATCH_NODES
        if nodes + len(case.model.graph.node) > BATCH_NODES:
            of_opsets.append([])
        of_opsets[-1].append(case)
    return [batch for of_opsets in by_opsets.values() for batch in of_opsets]


def run_all(every=1):
    """Results of every so-manieth case that passes as it ships."""
    folders = conformance.folders()
    names = [name for name, kind in conformance.passing().items() if kind == PASS and name in folders][::every]
    batches = batches_of(Case(index, name, folders[name]) for index, name in enumerate(names))
    results = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for found in pool.map(run_batch, batches):
            results |= found
    return results


def summary(results):
    kinds = collections.Counter(result.split(":")[0] for result in results.values())
    return f"on {BOARD}: {kinds[RAN]} of {len(results)} cases ran, {kinds['refused']} are refused"


def main():
    results = run_all()
    for name, result in results.items():
        if result != RAN:
            print(name, result)
    print(summary(results))


if __name__ == "__main__":
    main()
