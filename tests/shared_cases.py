#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs the models of ../shared/cases, kinds that people bring, through the command line; tests/test_cases.py checks what
comes of it.

  build/venv/bin/python tests/shared_cases.py      runs them all and writes tests/cases_right.txt anew

A case is right where `run` gives the stored outputs and `verify` and `compile` end with 0, and refused where all of these
end with 2 and one message with a code. All else is a fault.
"""
import concurrent.futures
import json
import pathlib
import re
import shlex
import tempfile

import numpy

import conftest
from conftest import ROOT, SHARED

FOLDER = SHARED / "cases"
RIGHT = ROOT / "tests/cases_right.txt"
WRONG_FILES = "39-wrong-files"  # no models, but damaged and misnamed files, and files of other formats
FLOAT_TOLERANCE = 1e-4  # of the largest output: the references add up in other orders
HALF_TOLERANCE = 2e-3  # the same of references that computed and stored half precision, where we compute in single
# Of the range of an output that comes from integers: a step of rounding may become several further down. `verify` holds
# every operator to a step.
QUANTIZED_TOLERANCE = 0.08


def models():
    """Every model by the case's name, folder/file."""
    files = [path for path in sorted(FOLDER.glob("*/*")) if path.suffix in (".onnx", ".tflite")]
    return {f"{path.parent.name}/{path.name}": path for path in files}


def wrong_files():
    return sorted((FOLDER / WRONG_FILES).iterdir())


class Fault(Exception):
    """What went wrong, in words."""


class Refused(Exception):
    """What the first line of the message says."""


def call(*arguments):
    done = conftest.tinymlc_process(*arguments)
    if done.returncode == 0:
        return done.stdout
    lines = done.stderr.splitlines()
    if done.returncode != 2 or not lines:
        raise Fault(f"{arguments[0]} ends with {done.returncode}: {(done.stdout + done.stderr)[:300]}")
    has_code = sum(bool(re.match(r"  TMC\d{3}: ", line)) for line in lines) == 1
    one_message = sum(line.startswith("tinymlc: ") for line in lines) == 1
    if not (lines[0].startswith("tinymlc: ") and one_message and has_code) or done.stdout:
        raise Fault(f"{arguments[0]} says no one message with a code: {done.stderr[:300]}")
    raise Refused(lines[0])


def is_quantized(path):
    return "quant" in path.parent.name or re.match(r"05|06|07|13|14|50", path.parent.name) or (
        path.suffix == ".tflite" and "float" not in path.parent.name)


def check_outputs(path, report):
    """Each output against the stored one."""
    expected = numpy.load(path.parent / "expected.npz")
    tolerance = QUANTIZED_TOLERANCE if is_quantized(path) else FLOAT_TOLERANCE
    for output in report["outputs"]:
        actual = numpy.load(output["file"])[0]
        wanted = expected[output["name"]] if output["name"] in expected.files else expected[expected.files[0]]
        if actual.shape != wanted.shape:
            raise Fault(f"run gives '{output['name']}' as {actual.shape}, not {wanted.shape}")
        if wanted.dtype == numpy.float16:
            tolerance, wanted = HALF_TOLERANCE, wanted.astype(numpy.float32)
        scale = numpy.max(numpy.abs(wanted), initial=0, where=numpy.isfinite(wanted))
        with numpy.errstate(invalid="ignore"):
            close = numpy.isclose(actual, wanted, rtol=0, atol=tolerance * scale + 1e-6, equal_nan=True)
        if not close.all():
            raise Fault(f"run gives '{output['name']}' as {actual[~close][:3]}, not {wanted[~close][:3]}")


def oracle_of(path):
    """By the content: a suffix may lie."""
    return "litert" if path.read_bytes()[4:8] == b"TFL3" else "onnxruntime"


def arguments_of(path):
    """What the user of this case says besides, such as the size of an axis without one."""
    stored = path.parent / "args"
    return shlex.split(stored.read_text(encoding="utf-8")) if stored.exists() else []


def run_case(path, verify_on):
    """"right", "refused: ..." or "FAULT: ..."; `verify_on` are targets."""
    stored = path.parent / "input.npz"
    stacked = path.parent / "stacked.npz"
    model = [path, *arguments_of(path)]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        try:
            call("compile", *model, "-o", scratch / "code")
            if stored.exists():
                check_outputs(path, json.loads(call("run", *model, "--input", stored, "-o", scratch / "out", "--json")))
            for target in verify_on:
                samples = ["--input", stacked] if stacked.exists() else ["--samples", 5]
                call("verify", *model, "--target", target, "--oracle", oracle_of(path), *samples)
        except Refused as refused:
            return f"refused: {refused}"
        except Fault as fault:
            return f"FAULT: {fault}"
    return "right"


def run_all(verify_on):
    """Results by case; `verify_on(name)` gives the targets for a case."""
    cases = models()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(zip(cases, pool.map(lambda name: run_case(cases[name], verify_on(name)), cases)))


def main():
    results = run_all(lambda name: ["host"])
    right = sorted(name for name, result in results.items() if result == "right")
    RIGHT.write_text("".join(f"{name}\n" for name in right), encoding="utf-8")
    for name, result in results.items():
        if result != "right":
            print(name, result)
    print(f"{len(right)} of {len(results)} models are right")


if __name__ == "__main__":
    main()
