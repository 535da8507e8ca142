# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Images that are made here are run by the engine for 64-bit Arm, under an emulator: its kernels read the constants as they
were packed here, and give the same integers."""
import shutil

import numpy
import pytest

from conftest import ROOT, TINYMLC, shared, shared_models, tinymlc_process
from engine_client import build_client, client_run, ports_of, samples_of

ARM_ROOT = ROOT / "build/aarch64-root"
HERE, ARM = TINYMLC.parent.parent / "lib/libtinymlc.so", ROOT / "build/aarch64/lib/libtinymlc.so"
EMULATOR = ["qemu-aarch64", "-L", ARM_ROOT]

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not HERE.exists(), reason="the engine is left out of this build, or sanitizers are in it"),
    pytest.mark.skipif(not ARM.exists() or shutil.which(EMULATOR[0]) is None,
                       reason="the engine for 64-bit Arm is not built: scripts/setup --aarch64 && scripts/build aarch64")]


@pytest.fixture(scope="module")
def clients(tmp_path_factory):
    """For this machine and for the other: what runs them."""
    here = build_client(tmp_path_factory.mktemp("here"), HERE, "cc")
    there = build_client(tmp_path_factory.mktemp("there"), ARM, "aarch64-linux-gnu-gcc", f"--sysroot={ARM_ROOT}")
    return [here], [*EMULATOR, there]


@pytest.mark.parametrize("model", shared_models())
def test_images_give_the_same_integers_on_arm(clients, model, tmp_path):
    image = tmp_path / "model.tmci"
    done = tinymlc_process("compile", shared(model), "--target", "host", "--emit", "image", "-o", image)
    if done.returncode:
        pytest.skip(done.stderr.splitlines()[0])
    inputs, outputs = ports_of(image)
    if len(inputs) > 1 or "f32" in (inputs[0]["dtype"], outputs[0]["dtype"]):
        pytest.skip("it has inputs that the client does not write, or floats, which machines round differently")
    samples = samples_of(image)
    here, there = (client_run(client, image, samples, tmp_path, runs=2) for client in clients)
    assert len(numpy.unique(numpy.frombuffer(here, numpy.uint8))) > 1
    assert there == here
