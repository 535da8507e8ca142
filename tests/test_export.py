# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models written as QDQ ONNX: onnx's checker takes them, we read them back to the same integers, and onnxruntime loads them
and gives the same but for the order of roundings."""
import collections
import concurrent.futures
import pathlib
import tempfile

import numpy
import onnx
import onnxruntime
import pytest

import conformance
from conftest import ROOT, SHARED, shared, tinymlc, tinymlc_json, tinymlc_process
from test_bit_exact import TFLITE
from test_quantize import FLOAT, real_rows, split

pytestmark = pytest.mark.long

OWN = ["resnet", "mixed"]
SCORED_ROWS = 400
# Plain ranges: what is tested here does not depend on how they are found.
QUANTIZE = ["--ranges", "minmax", "--repair", "none"]
# Where the model itself sees two outputs as equally likely, or nearly so, a single step decides.
ARGMAX_AGREEMENT = 0.995


def own_rows(count):
    generator = numpy.random.default_rng(7)
    return generator.uniform(-1, 1, (count, 1, 3, 24, 24)).astype(numpy.float32)


def quantized(name, folder, scheme="int8"):
    """(float model, arguments that quantise it, rows with a batch of 1, the file that was exported)"""
    if name in OWN:
        model, rows, source = ROOT / f"tests/pytorch/{name}.onnx", own_rows(64), "image"
        calibration = rows[:, 0]
    else:
        model, all_rows, source = shared(FLOAT[name]), real_rows(name), "input_1"
        calibration = all_rows[split(name)[0]]
        rows = all_rows[:SCORED_ROWS, None]
    numpy.savez(folder / "calibration.npz", **{source: calibration})
    arguments = ["--quantize", scheme, *QUANTIZE, "--calibrate", folder / "calibration.npz"]
    exported = folder / "exported.onnx"
    tinymlc("quantize", model, *arguments, "--export", exported)
    onnx.checker.check_model(onnx.load(exported), full_check=True)
    return model, arguments, {source: rows}, exported


def outputs_of(model, inputs, folder, *arguments):
    numpy.savez(folder / "inputs.npz", **inputs)
    report = tinymlc_json("run", model, "--target", "host", "--input", folder / "inputs.npz", "-o", folder, *arguments)
    return numpy.load(report["outputs"][0]["file"])


# The largest, and int16 of the large ones, only in the full tier: they take half a minute each.
LONGEST = [("vww", "int8"), ("vww", "int16x8"), ("ic", "int16x8")]
EXPORTED = [pytest.param(name, scheme, marks=[pytest.mark.full] if (name, scheme) in LONGEST else [])
            for name in [*FLOAT, *OWN] for scheme in ("int8", "int16x8")]


@pytest.mark.parametrize("name,scheme", EXPORTED)
def test_reads_back_and_runs_elsewhere(name, scheme, tmp_path):
    model, arguments, rows, exported = quantized(name, tmp_path, scheme)
    ours = outputs_of(model, rows, tmp_path, *arguments)
    assert (outputs_of(exported, rows, tmp_path) == ours).all()

    session = onnxruntime.InferenceSession(exported, providers=["CPUExecutionProvider"])
    (source, values), = rows.items()
    theirs = numpy.concatenate([session.run(None, {source: row})[0] for row in values])
    agreement = (ours.reshape(theirs.shape).argmax(axis=-1) == theirs.argmax(axis=-1)).mean()
    # Networks of random weights prefer nothing.
    assert name in OWN or agreement >= ARGMAX_AGREEMENT

    numpy.savez(tmp_path / "few.npz", **{source: values[:10]})
    verdict = tinymlc_json("verify", exported, "--oracle", "onnxruntime", "--input", tmp_path / "few.npz")
    assert verdict["pass"] and verdict["max_steps"] <= 2
    assert verdict["beyond_one_step"] <= 1e-3 * verdict["elements"]
    assert len(verdict["tensors"]) >= 12


@pytest.mark.parametrize("name", TFLITE)
def test_integer_models_of_tflite_are_written_too(name, tmp_path):
    exported = tmp_path / "exported.onnx"
    tinymlc("export", shared(TFLITE[name]), "-o", exported)
    model = onnx.load(exported)
    onnx.checker.check_model(model, full_check=True)
    operators = collections.Counter(node.op_type for node in model.graph.node)
    # Before the first layer, and where an image is flattened.
    assert operators["Transpose"] <= 2
    summary = tinymlc_json("inspect", shared(TFLITE[name]))
    generator = numpy.random.default_rng(3)
    port = summary["inputs"][0]
    rows = {port["name"]: generator.integers(-128, 128, (5, *port["shape"])).astype(numpy.int8)}
    assert (outputs_of(exported, rows, tmp_path) == outputs_of(shared(TFLITE[name]), rows, tmp_path)).all()


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "taken.onnx").mkdir()
    for target in (folder / "taken.onnx", tmp_path / "absent" / "model.onnx"):
        refused = tinymlc("export", ROOT / "tests/pytorch/resnet.onnx", "-o", target, code=2)
        assert str(target) in refused.stderr
    assert [path.name for path in folder.iterdir()] == ["taken.onnx"]


# --- every model that there is

FLOAT_TOLERANCE = 1e-4  # of the largest output
# Of the largest output, where integers are computed: onnxruntime computes reals between them, and a step of rounding may
# become several further down. `verify` holds each operator to a step.
QUANTIZED_TOLERANCE = 0.1


def every_model():
    """Files of models, by a name for messages: of ../shared, and of the tests' own."""
    folders = [SHARED / "cases", *(SHARED / "models" / name for name in ("mlperf_tiny", "zoo", "rnn", "voice", "vision"))]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".onnx", ".tflite")]
    files += sorted((ROOT / "tests/pytorch").glob("*.onnx"))
    return [path for path in files if "wrong-files" not in str(path)]


def inputs_for(session):
    generator = numpy.random.default_rng(11)
    kinds = {"tensor(float)": numpy.float32, "tensor(int8)": numpy.int8, "tensor(uint8)": numpy.uint8,
             "tensor(int16)": numpy.int16, "tensor(int32)": numpy.int32, "tensor(int64)": numpy.int64}
    drawn = {}
    for port in session.get_inputs():
        dtype = kinds[port.type]
        if dtype == numpy.float32:
            drawn[port.name] = generator.uniform(-1, 1, port.shape).astype(dtype)
        else:
            limits = numpy.iinfo(dtype)
            # Wide integers are indices as a rule, and small ones lie in every table.
            low, high = (0, 16) if dtype in (numpy.int32, numpy.int64) else (max(limits.min, -128), min(limits.max, 255))
            drawn[port.name] = generator.integers(low, high, port.shape).astype(dtype)
    return drawn


def check_names(model):
    nodes = [node.name for node in model.graph.node]
    made = [name for node in model.graph.node for name in node.output]
    tensors = [*made, *(constant.name for constant in model.graph.initializer), *(port.name for port in model.graph.input)]
    assert max(collections.Counter(nodes).values(), default=1) == 1
    assert max(collections.Counter(tensors).values(), default=1) == 1


def check_answers(path, session, scratch):
    """Ours of the model that was exported, and onnxruntime's of the export, where a state is an input and an output."""
    states = tinymlc_json("inspect", path)["states"]
    inputs = inputs_for(session)
    initial = {state["name"]: numpy.full_like(inputs.pop(state["name"]), state["zero_point"] or 0) for state in states}
    arguments = []
    for index, (name, array) in enumerate(inputs.items()):
        numpy.save(scratch / f"in{index}.npy", numpy.array(array, order="C")[None])
        arguments += ["--input", f"{name}={scratch / f'in{index}.npy'}"]
    step = ["--stream"] if states else []  # else a state that was found by its name is an input to give
    report = tinymlc_json("run", path, "--target", "host", *step, "-o", scratch / "out", *arguments)
    nodes = onnx.load(scratch / "exported.onnx").graph.node
    hybrid = "quantize_dynamic" in tinymlc("inspect", path, "--after", "select").stdout  # written in float
    quantized = hybrid or any("QuantizeLinear" in node.op_type for node in nodes)
    names = [port.name for port in session.get_outputs()]
    given = dict(zip(names, session.run(None, inputs | initial)))
    for state in states:
        given.pop(state["next"])
    assert sorted(given) == sorted(output["name"] for output in report["outputs"])
    for ours in report["outputs"]:
        actual, theirs = numpy.load(ours["file"])[0].astype(numpy.float64), given[ours["name"]]
        scale = numpy.max(numpy.abs(theirs), initial=0, where=numpy.isfinite(theirs))
        tolerance = QUANTIZED_TOLERANCE if quantized else FLOAT_TOLERANCE
        with numpy.errstate(invalid="ignore"):
            close = numpy.isclose(actual, theirs, rtol=0, atol=tolerance * scale + 1e-6, equal_nan=True)
        assert close.all(), f"{actual[~close][:3]}, not {theirs[~close][:3]}"


def export_and_check(path):
    """Nothing where it is right, "refused" where the model is, else what is wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        exported = scratch / "exported.onnx"
        done = tinymlc_process("export", path, "-o", exported)
        if done.returncode == 2 and done.stderr.startswith("tinymlc: "):
            return "refused"
        try:
            assert done.returncode == 0, done.stderr
            model = onnx.load(exported)
            onnx.checker.check_model(model, full_check=True)
            check_names(model)
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3
            options.intra_op_num_threads = 1
            session = onnxruntime.InferenceSession(exported, options, providers=["CPUExecutionProvider"])
            # One is written that no kernel takes: its uint8 weights have zero points.
            if tinymlc_process("inspect", path).returncode == 0:
                check_answers(path, session, scratch)
        except Exception as problem:  # whatever the checker or the runtime throw
            return f"{type(problem).__name__}: {str(problem)[:400]}"
    return None


def check_all(files, capsys, least):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = dict(zip(files, pool.map(export_and_check, files)))
    exported = [path for path, result in results.items() if result is None]
    with capsys.disabled():
        print(f"\nexport: {len(exported)} of {len(files)} models are written, checked, loaded and compared")
    assert {str(path): result for path, result in results.items() if result not in (None, "refused")} == {}
    assert len(exported) >= least


def test_every_model_is_valid_elsewhere(capsys):
    shared("models")
    check_all(every_model(), capsys, 175)


@pytest.mark.full
def test_every_conformance_case_is_valid_elsewhere(capsys):
    shared("models")
    names = [name for name, kind in conformance.passing().items() if kind == conformance.PASS]
    folders = conformance.folders()
    check_all([folders[name] / "model.onnx" for name in names if name in folders], capsys, 150)
