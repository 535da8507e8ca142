# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Networks that PyTorch quantised (tests/pytorch/quantize.py): fake-quantise exports, and state dictionaries beside the ONNX
file of the float network. Both run on integers only, and agree with PyTorch's int8 kernels within a step per operator."""
import json
import pickle
import zipfile

import pytest

from conftest import ROOT, tinymlc, tinymlc_json

pytestmark = pytest.mark.sanitized

FOLDER = ROOT / "tests/pytorch/quantized"
NETWORKS = ["cnn", "transformer", "normalized"]


def source(name):
    """The model of that name, with the state dictionary that belongs to it, if any."""
    weights = FOLDER / f"{name}.pt"
    return [FOLDER / f"{name}.onnx", *(["--weights", weights] if weights.exists() else [])]


def float_results(name):
    graph = json.loads(tinymlc_json("inspect", *source(name), "--after", "read_planes")["graph"])
    dtypes = {value["name"]: value["dtype"] for value in graph["values"]}
    return [node["name"] for node in graph["nodes"] for output in node["outputs"] if dtypes[output] == "f32"]


@pytest.mark.parametrize("variant", ["", "_fake", "_reduced"])
@pytest.mark.parametrize("network", NETWORKS)
def test_nothing_but_the_models_output_is_float(network, variant):
    assert len(float_results(network + variant)) == 1


@pytest.mark.parametrize("variant", ["", "_fake"])
@pytest.mark.parametrize("network", NETWORKS)
def test_agrees_with_pytorch_within_a_step(network, variant):
    name = network + variant
    verdict = tinymlc_json("verify", *source(name), "--oracle", FOLDER / f"{name}.npz")
    assert verdict["pass"]
    assert verdict["max_steps"] <= 1, verdict["first_difference"]
    assert len(verdict["tensors"]) >= 9


def test_activations_of_seven_bits_agree_with_onnxruntime():
    verdict = tinymlc_json("verify", FOLDER / "transformer_reduced.onnx", "--oracle", "onnxruntime")
    assert verdict["pass"] and verdict["max_steps"] <= 1


def test_a_dictionary_of_another_network_is_refused():
    refused = tinymlc("inspect", FOLDER / "cnn.onnx", "--weights", FOLDER / "transformer.pt", code=2)
    for word in ("transformer.pt", "'embed'", "hint"):
        assert word in refused.stderr


def rewritten(path, entry, content):
    """cnn.pt with one entry replaced; the checksums are right."""
    with zipfile.ZipFile(FOLDER / "cnn.pt") as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == entry else old.read(info))


def refusal(path):
    return tinymlc("inspect", FOLDER / "cnn.onnx", "--weights", path, code=2).stderr


class Attack:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_nothing_of_the_file_is_run(tmp_path):
    trace = tmp_path / "was_run"
    hostile = tmp_path / "hostile.pt"
    rewritten(hostile, "cnn/data.pkl", pickle.dumps({"conv1.weight": Attack(trace)}, protocol=2))
    message = refusal(hostile)
    assert "open', which is not part of a state dictionary" in message
    assert "hostile.pt" in message and "state_dict()" in message
    assert not trace.exists()


def test_damaged_files_are_refused_with_the_entry(tmp_path):
    whole = (FOLDER / "cnn.pt").read_bytes()
    broken = tmp_path / "broken.pt"
    broken.write_bytes(whole[:len(whole) // 2])
    assert "truncated" in refusal(broken) and "broken.pt" in refusal(broken)
    rewritten(broken, "cnn/data/2", b"short")
    assert "'conv1.weight'" in refusal(broken) and "leave its storage" in refusal(broken)
    with zipfile.ZipFile(FOLDER / "cnn.pt") as archive:
        info = archive.getinfo("cnn/data/2")
        data = archive.read(info)
    flipped = bytearray(whole)
    flipped[whole.index(data)] ^= 1
    broken.write_bytes(flipped)
    assert "'cnn/data/2' has a wrong checksum" in refusal(broken)
    with zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("cnn/data.pkl", b"N" * (1 << 20) + b".")
    assert "compressed" in refusal(broken)
