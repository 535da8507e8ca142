#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs ONNX's own conformance cases through the command line; tests/test_conformance.py checks what comes of it.

  make conformance      runs those whose operators are supported and writes tests/conformance_passing.txt anew

A case is a model with stored inputs and outputs. One that is refused is tried again with all inputs but the first as
constants of the model, since the suite feeds weights, bounds and axes as inputs, which a compiler wants to know: these are
counted apart, as what passes once it is altered.
"""
import collections
import concurrent.futures
import pathlib
import re
import subprocess
import tarfile
import tempfile

import numpy
import onnx
from onnx import TensorProto, numpy_helper

from conftest import ROOT, SHARED, TINYMLC

PASSING = ROOT / "tests/conformance_passing.txt"
ARCHIVES = ["onnx_1.22_node.tar.xz", "onnx_1.22_simple_pytorch.tar.xz"]
DEBIAN = pathlib.Path("/usr/lib/python3/dist-packages/onnx/backend/test/data")
RELATIVE_TOLERANCE = 1e-5  # of the largest output
# The same of outputs that were computed and stored in half precision, where we compute in single.
HALF_TOLERANCES = {"float16": 2e-3, "bfloat16": 8e-3}
# The same of outputs that were stored with four digits.
ROUNDED = {"test_averagepool_2d_ceil_last_window_starts_on_pad": 5e-4, "test_roialign_aligned_false": 2e-4,
           "test_roialign_aligned_true": 2e-4}
REFUSED = 2
PASS, PASS_ALTERED = "pass", "pass with operands as constants"
HEADINGS = {PASS: "# as they ship", PASS_ALTERED: "# with all inputs but the first as constants"}


def folders():
    """Every case's folder by its name: from ../shared, or else from Debian's package libonnx-testdata."""
    if SHARED.is_dir():
        root = ROOT / "build/conformance"
        for archive in ARCHIVES:
            done = root / f"{archive}.done"
            if not done.exists():
                root.mkdir(parents=True, exist_ok=True)
                with tarfile.open(SHARED / "models/conformance" / archive) as tar:
                    tar.extractall(root)
                done.touch()
    else:
        root = DEBIAN
    return {str(model.parent.relative_to(root)): model.parent for model in sorted(root.rglob("model.onnx"))}


def read_tensor(path, port):
    tensor = onnx.load_tensor(str(path))
    # Older test data holds the bits of bfloat16 as integers.
    if port.type.tensor_type.elem_type == TensorProto.BFLOAT16 and tensor.data_type == TensorProto.UINT16:
        tensor.data_type = TensorProto.BFLOAT16
    return numpy_helper.to_array(tensor)


def read_port(path, port):
    """Arrays by name. A sequence is one of ours for each element."""
    if port.type.HasField("tensor_type"):
        return {port.name: read_tensor(path, port)}
    sequence = onnx.SequenceProto()
    sequence.ParseFromString(path.read_bytes())
    return {f"{port.name}_{index}": array for index, array in enumerate(numpy_helper.to_list(sequence))}


def is_readable(port):
    sequence = port.type.HasField("sequence_type") and port.type.sequence_type.elem_type.HasField("tensor_type")
    return port.type.HasField("tensor_type") or sequence


def as_ours(array):
    """The array in the type that graphs hold its elements in, where numpy has none of its own for them."""
    name = array.dtype.name
    if array.dtype.kind in "OU":  # strings, which are bytes
        return numpy.char.encode(array.astype(str), "utf-8")
    if name.startswith(("bfloat", "float8", "float4")):
        return array.astype(numpy.float32)
    if name in ("int4", "int2", "uint4", "uint2"):
        return array.astype(numpy.uint8 if name.startswith("u") else numpy.int8)
    return array


def read_data_set(model, folder):
    """Arrays of inputs and outputs by name; nothing where one is no tensor, and no sequence of such."""
    initialised = {constant.name for constant in model.graph.initializer}
    ports = {"input": [port for port in model.graph.input if port.name not in initialised],
             "output": list(model.graph.output)}
    if not all(is_readable(port) for kind in ports.values() for port in kind):
        return None
    return [{name: array for index, port in enumerate(ports[kind]) if (folder / f"{kind}_{index}.pb").exists()
             for name, array in read_port(folder / f"{kind}_{index}.pb", port).items()} for kind in ports]


def with_constants(model, inputs):
    """The model with all inputs but the first turned into constants, and the input that is left."""
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    first = next(iter(inputs))
    others = {port.name for port in model.graph.input if port.type.HasField("tensor_type")} & set(inputs) - {first}
    changed.graph.initializer.extend(numpy_helper.from_array(inputs[name], name) for name in sorted(others))
    kept = [port for port in changed.graph.input if port.name not in others]
    del changed.graph.input[:]
    changed.graph.input.extend(kept)
    return changed, {name: array for name, array in inputs.items() if name not in others}


def sequence_shapes(model, inputs):
    """The elements of sequences."""
    for port in model.graph.input:
        if port.type.HasField("sequence_type"):
            for name, array in inputs.items():
                if re.fullmatch(re.escape(port.name) + "_[0-9]+", name):
                    yield from ("--shape", f"{name}={'x'.join(map(str, array.shape))}")


def empty_shapes(model, inputs):
    """Inputs without elements of which the file does not say the extents."""
    for port in model.graph.input:
        if port.name in inputs and inputs[port.name].size == 0 and any(
                not dim.HasField("dim_value") for dim in port.type.tensor_type.shape.dim):
            yield from ("--shape", f"{port.name}={'x'.join(map(str, inputs[port.name].shape))}")


def tinymlc(*arguments):
    return subprocess.run([TINYMLC, *map(str, arguments)], capture_output=True, text=True, timeout=900, check=False)


def run(model, inputs, scratch, target="host"):
    """Exit code, error text, outputs by name."""
    path = scratch / "model.onnx"
    onnx.save(model, str(path))
    arguments = [*sequence_shapes(model, inputs), *empty_shapes(model, inputs)]
    inputs = {name: array for name, array in inputs.items() if array.size > 0}  # others are no inputs of the program
    for index, (name, array) in enumerate(inputs.items()):
        numpy.save(scratch / f"{index}.npy", numpy.array(as_ours(array), order="C")[None])
        arguments += ["--input", f"{name}={scratch / f'{index}.npy'}"]
        if any(not dim.HasField("dim_value") for port in model.graph.input if port.name == name
               for dim in port.type.tensor_type.shape.dim) and array.ndim > 0:
            arguments += ["--shape", f"{name}={'x'.join(map(str, array.shape))}"]
    if not inputs:
        return tinymlc("inspect", path), {}
    done = tinymlc("run", path, "--target", target, "-o", scratch / "out", *arguments)
    outputs = {}
    if done.returncode == 0:
        safe = lambda name: "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
        names = [port.name for port in model.graph.output if port.type.HasField("tensor_type")]
        for port in model.graph.output:
            count = len(list((scratch / "out").glob(f"{safe(port.name)}_*.npy"))) if port.type.HasField("sequence_type") else 0
            names += [f"{port.name}_{index}" for index in range(count)]
        outputs = {name: numpy.load(scratch / "out" / f"{safe(name)}.npy")[0] for name in names}
    return done, outputs


def difference(expected, actual, relative_tolerance=RELATIVE_TOLERANCE):
    """What is wrong with an output; nothing where it is right."""
    tolerance = HALF_TOLERANCES.get(expected.dtype.name, relative_tolerance)
    if expected.dtype.name in HALF_TOLERANCES:
        expected = expected.astype(numpy.float32)
    expected = as_ours(expected)
    strings = expected.dtype.kind == actual.dtype.kind == "S"  # of any width
    if expected.shape != actual.shape or (expected.dtype != actual.dtype and not strings):
        return f"{actual.dtype}{actual.shape}, not {expected.dtype}{expected.shape}"
    if expected.dtype.kind == "S":
        return None if numpy.array_equal(expected, actual) else "other strings"
    if not numpy.issubdtype(expected.dtype, numpy.floating):
        return None if numpy.array_equal(expected, actual) else "other integers"
    largest = numpy.max(numpy.abs(expected), initial=0, where=numpy.isfinite(expected))
    close = numpy.isclose(actual, expected, rtol=0, atol=tolerance * largest + 1e-7, equal_nan=True)
    return None if close.all() else f"{actual[~close][:3]}, not {expected[~close][:3]}"


def passing():
    """The cases that passed when the list was written, by how: as they ship, or altered."""
    found, kind = {}, None
    kinds = {heading: kind for kind, heading in HEADINGS.items()}
    for line in PASSING.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            kind = kinds[line]
        elif line:
            found[line] = kind
    return found


def run_case(folder):
    """PASS, PASS_ALTERED, "refused: why", or "WRONG: what": a wrong answer, a crash, an error without words."""
    model = onnx.load(str(folder / "model.onnx"))
    result, altered = "refused: it has no data", False
    for data in sorted(folder.glob("test_data_set_*")):
        ports = read_data_set(model, data)
        with tempfile.TemporaryDirectory() as scratch:
            inputs, expected = ports or ({}, {})
            done, outputs = run(model, inputs, pathlib.Path(scratch))
            if done.returncode == REFUSED and len(inputs) > 1 and "not covered:" not in done.stderr:
                changed, left = with_constants(model, inputs)
                done, outputs = run(changed, left, pathlib.Path(scratch))
                altered = True
        if done.returncode == REFUSED and done.stderr.startswith("tinymlc: "):
            return f"refused: {done.stderr.splitlines()[0]}"
        if done.returncode != 0:
            return f"WRONG: exit code {done.returncode}: {done.stderr[:200]}"
        if ports is None or not inputs:
            result = "refused: nothing to run"
            continue
        tolerance = ROUNDED.get(folder.name, RELATIVE_TOLERANCE)
        wrong = [f"{name} is missing" for name in expected if name not in outputs]
        wrong += [f"{name} is {text}" for name in expected if name in outputs
                  if (text := difference(expected[name], outputs[name], tolerance))]
        if wrong:
            return f"WRONG: {wrong[0]}"
        result = PASS_ALTERED if altered else PASS
    return result


def covered_operators():
    """What has an importer: op/mat_mul.cpp is MatMul; functions, operators that move elements and composites say what
    they are."""
    files = [path for folder in ("op", "ml") for path in (ROOT / "src/tmc/frontend/onnx" / folder).glob("*.cpp")]
    functions = [*(ROOT / "src/tmc/function").glob("*/*.hpp"), *(ROOT / "src/tmc/ops/op").glob("*.hpp")]
    composites = (ROOT / "src/tmc/frontend/composite/graph").glob("*.txt")
    return ({"".join(part[:1].upper() + part[1:] for part in path.stem.split("_")) for path in files} |
            {name for path in composites for name in re.findall(r"^onnx (\w+)", path.read_text(encoding="utf-8"), re.M)} |
            {name for path in functions for name in re.findall(r'kOnnx = "(\w+)"', path.read_text(encoding="utf-8"))})


def operators_of(folder):
    model = onnx.load(str(folder / "model.onnx"))
    return frozenset((node.domain, node.op_type) for node in model.graph.node)


def is_covered(used, covered):
    return all((domain in ("", "ai.onnx", "ai.onnx.ml") and operator in covered) or
               (domain, operator) == ("ai.onnx.preview.training", "Gradient") for domain, operator in used)


def covered_folders():
    covered = covered_operators()
    return {name: folder for name, folder in folders().items() if is_covered(operators_of(folder), covered)}


def one_of_each_kind():
    """A folder for each set of operators that a covered case has: the first of those that pass, or else the first."""
    right, kinds = passing(), {}
    for name, folder in covered_folders().items():
        used = operators_of(folder)
        if used not in kinds or (name in right and kinds[used] not in right):
            kinds[used] = name
    cases = folders()
    return {name: cases[name] for name in kinds.values()}


def run_cases(cases):
    """Results of folders by case."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(zip(cases, pool.map(run_case, cases.values())))


def run_all(also_uncovered=False):
    """Results by case, and how many cases there are."""
    cases = folders()
    return run_cases(cases if also_uncovered else covered_folders()), len(cases)


def summary(results, count):
    kinds = list(results.values())
    return (f"{kinds.count(PASS)} cases pass as they ship, {kinds.count(PASS_ALTERED)} more with operands as constants, and "
            f"{sum(kind.startswith('refused') for kind in kinds)} are refused of the {len(kinds)} whose operators are "
            f"covered; there are {count}")


def by_folder(results):
    """Cases that pass as they ship, and all that there are, by the folder of the suite."""
    every = collections.Counter(name.split("/")[0] for name in folders())
    passed = collections.Counter(name.split("/")[0] for name, result in results.items() if result == PASS)
    return {folder: (passed[folder], count) for folder, count in every.items()}


def main():
    results, count = run_all()
    lines = []
    for kind, heading in HEADINGS.items():
        lines += [heading, *sorted(name for name, result in results.items() if result == kind), ""]
    PASSING.write_text("\n".join(lines), encoding="utf-8")
    for name, result in results.items():
        if result.startswith("WRONG"):
            print(name, result)
    print(summary(results, count))
    for name, (passed, all_of_it) in sorted(by_folder(results).items()):
        print(f"  {name}: {passed} of {all_of_it} pass as they ship")


if __name__ == "__main__":
    main()
