# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What users see: exit codes, errors that name file, node and hint, and nothing half-written."""
import json

import numpy
import pytest
import yaml

from conftest import ROOT, SIMULATED, example_model, simulates, tinymlc, tinymlc_json
from test_bit_exact import input_name, input_shape

pytestmark = pytest.mark.sanitized


def assert_refused(done, *words):
    for word in words:
        assert word in done.stderr, done.stderr
    assert done.stdout == ""


def test_targets_are_listed():
    names = {target["name"] for target in json.loads(tinymlc("targets", "--json").stdout)}
    assert {"host", "mps2-an500", "stm32h743vi"} <= names
    assert "mps2-an500" in tinymlc("targets").stdout


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["bench"], ["compile", "x.onnx"], ["bench", "x", "--runs", "0"]])
def test_wrong_usage_ends_with_2(arguments):
    tinymlc(*arguments, code=2)


def test_missing_model_is_named():
    assert_refused(tinymlc("inspect", "no_such.onnx", code=2), "no_such.onnx")


def test_unknown_target_lists_those_that_are():
    assert_refused(tinymlc("bench", example_model(), "--target", "z80", code=2), "z80", "mps2-an500")


def test_unknown_phase_lists_those_that_are():
    assert_refused(tinymlc("inspect", example_model(), "--after", "magic", code=2), "magic", "storage")


def test_errors_have_codes_that_explain_them(tmp_path):
    done = tinymlc("inspect", "no_such.onnx", code=2)
    assert "TMC202" in done.stderr
    told = tinymlc("explain", "TMC202").stdout
    assert "Hint" in told and "$ tinymlc" in told
    assert tinymlc_json("explain", "tmc202")["code"] == "TMC202"
    broken = tmp_path / "broken.tflite"
    broken.write_bytes(b"no model")
    assert "TMC300" in tinymlc("inspect", broken, code=2).stderr
    assert_refused(tinymlc("explain", "TMC999", code=2), "TMC301")
    tinymlc("explain", code=2)


def test_page_of_errors_is_of_today():
    assert tinymlc("explain", "--all").stdout == (ROOT / "docs/errors.md").read_text()
    assert len(tinymlc_json("explain", "--all")) >= 15


def test_every_phase_can_be_looked_at():
    phases = tinymlc_json("inspect", example_model(), "--after", "help")
    names = [f"{phase['room']}/{phase['name']}" for phase in phases]
    assert names[0] == "frontend/import" and "opt/fold_constants" in names and names[-1] == "storage/pin_weights"
    assert all(phase["doc"] for phase in phases) and len(set(names)) == len(names)
    listed = tinymlc("inspect", example_model(), "--after", "help").stdout
    assert all(name in listed for name in names)
    graphs = set()
    for name in names:
        seen = tinymlc_json("inspect", example_model(), "--after", name)
        assert ("program" in seen) == (name.split("/")[0] in ("select", "storage"))
        graphs.add(json.dumps(seen["graph"]))
    assert len(graphs) > 3  # passes do something, and each is stopped after


def test_a_room_stands_for_its_last_phase():
    last = [phase["name"] for phase in tinymlc_json("inspect", example_model(), "--after", "help") if phase["room"] == "opt"][-1]
    assert tinymlc("inspect", example_model(), "--after", "opt").stdout == tinymlc(
        "inspect", example_model(), "--after", last).stdout


@pytest.mark.parametrize("after", ["import", "opt", "storage"])
def test_yaml_says_what_json_says(after):
    seen = tinymlc_json("inspect", example_model(), "--after", after)
    text = tinymlc("inspect", example_model(), "--after", after, "--yaml").stdout
    expected = json.loads(seen["program"]) if "program" in seen else json.loads(seen["graph"])
    assert yaml.safe_load(text) == expected


def test_truncated_model_is_refused_and_leaves_nothing(tmp_path):
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(example_model().read_bytes()[:-1000])
    assert_refused(tinymlc("compile", broken, "--target", "mps2-an500", "-o", tmp_path / "out", code=2), "broken.onnx")
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["broken.onnx"]


def test_budget_fails_with_the_largest_contributors(tmp_path):
    done = tinymlc("compile", example_model(), "--target", "mps2-an500", "-o", tmp_path / "out", "--budget",
                   "flash=2M,ram=1K", code=1)
    assert "1024" in done.stderr and "bytes" in done.stderr
    assert not (tmp_path / "out").exists()
    done = tinymlc("compile", example_model(), "--target", "mps2-an500", "-o", tmp_path / "out", "--budget", "flash=10K",
                   code=1)
    assert "10240" in done.stderr
    assert not (tmp_path / "out").exists()


def test_budget_of_a_run(tmp_path):
    compiled = ("compile", example_model(), "--target", "mps2-an500", "-o", tmp_path / "out", "--budget")
    excess = tinymlc(*compiled, "instructions=1K,time=10us,ram=1K", code=1).stderr
    assert "instructions" in excess and "predicted within" in excess and "more than the budget of 1000" in excess
    assert "time" in excess and "MHz" in excess and "dearest layers" in excess and "RAM takes" in excess
    assert not (tmp_path / "out").exists()
    excess = tinymlc(*compiled, "stack=16,instructions=1K", code=1).stderr
    assert "measured on mps2-an500" in excess and "counted on mps2-an500" in excess
    linked = tinymlc("compile", example_model(), "--target", "stm32h743vi", "-o", tmp_path / "out", "--budget", "stack=16", code=1)
    # Itself, or a board of the same core where the build has no simulator.
    assert f"measured on {SIMULATED if simulates() else 'mps2-an500'}" in linked.stderr
    tinymlc(*compiled, "instructions=1G,time=1s,stack=16K,flash=2M,ram=1M")
    assert (tmp_path / "out").exists()


def test_budget_of_bench_is_held_against_what_is_measured():
    benched = ("bench", example_model(), "--target", "mps2-an500", "--no-cycles", "--budget")
    done = tinymlc(*benched, "instructions=1K,stack=16,flash=1K", code=1)
    assert "flash: total" in done.stdout, "the report comes all the same"
    for part in ("(counted)", "(measured)", "dearest layers", "flash takes"):
        assert part in done.stderr, part
    tinymlc(*benched, "instructions=1G,time=1s,stack=16K,flash=2M,ram=1M")
    assert "time" in tinymlc("bench", example_model(), "--budget", "time=0us", code=1).stderr


@pytest.mark.parametrize("budget,said", [("rom=1K", "rom"), ("time=5", "time"), ("instructions=many", "many"),
                                         ("stack=-1", "-1"), ("time", "time"), ("instructions=nan", "nan")])
def test_budgets_that_are_none(tmp_path, budget, said):
    done = tinymlc("compile", example_model(), "-o", tmp_path / "out", "--budget", budget, code=2)
    assert said in done.stderr and "hint" in done.stderr


def test_budget_of_what_is_not_known(tmp_path):
    for budget in ("stack=1K", "time=1ms"):
        done = tinymlc("compile", example_model(), "-o", tmp_path / "out", "--budget", budget, code=2)
        assert "host" in done.stderr


def test_isa_leaves_out_better_kernels():
    slow = tinymlc_json("inspect", example_model(), "--cost", "--target", "mps2-an500", "--isa", "portable")
    assert {layer["kernel"].split("/")[0] for layer in slow["layers"]} == {"portable"}
    assert "armv7em" in tinymlc("inspect", example_model(), "--target", "mps2-an500", "--isa", "neon", code=2).stderr


def test_compile_is_reproducible(tmp_path):
    for folder in ("a", "b"):
        tinymlc("compile", example_model(), "--target", "mps2-an500", "-o", tmp_path / folder)
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert len(files) > 5
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


@pytest.mark.parametrize("fault", ["dtype", "shape", "truncated", "header", "absent"])
def test_bad_input_arrays_are_refused(fault, tmp_path):
    path = tmp_path / "in.npy"
    shape = input_shape(example_model())
    array = numpy.zeros((2, *shape), numpy.float32)
    if fault == "dtype":
        array = array.astype(numpy.int16)
    if fault == "shape":
        array = array.reshape(-1)[:-1]
    numpy.save(path, array)
    if fault == "truncated":
        path.write_bytes(path.read_bytes()[:-8])
    if fault == "header":
        path.write_bytes(b"\x93NUMPY\x01\x00\xff\xff{")
    if fault == "absent":
        path.unlink()
    done = tinymlc("run", example_model(), "--input", f"{input_name(example_model())}={path}", "-o", tmp_path / "out",
                   code=2)
    assert done.stderr.startswith("tinymlc: ")
    assert not (tmp_path / "out").exists()


def test_wrong_input_name_lists_the_models(tmp_path):
    numpy.save(tmp_path / "in.npy", numpy.zeros((1, *input_shape(example_model())), numpy.float32))
    done = tinymlc("run", example_model(), "--input", f"nothing={tmp_path / 'in.npy'}", code=2)
    assert input_name(example_model()) in done.stderr


def test_failing_verify_names_the_first_node(tmp_path):
    """A recording whose output is wrong by many steps."""
    name = input_name(example_model())
    numpy.save(tmp_path / "in.npy", numpy.zeros((1, *input_shape(example_model())), numpy.float32))
    done = tinymlc_json("run", example_model(), "--input", f"{name}={tmp_path / 'in.npy'}", "-o", tmp_path)
    output = numpy.load(done["outputs"][0]["file"])
    numpy.savez(tmp_path / "wrong.npz", **{name: numpy.load(tmp_path / "in.npy"), done["outputs"][0]["name"]: output + 1})
    report = tinymlc_json("verify", example_model(), "--oracle", tmp_path / "wrong.npz", code=1)
    assert not report["pass"] and not report["bit_exact"]
    assert report["first_difference"]["tensor"] == done["outputs"][0]["name"]


@pytest.mark.parametrize("phase", ["import", "select", "storage"])
def test_inspect_prints_every_hub(phase):
    assert len(tinymlc("inspect", example_model(), "--after", phase, "--target", "mps2-an500").stdout) > 500
