# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The simulated STM32H743 as users meet it: the image of the real board gives the host's outputs, bit for bit."""
import numpy
import pytest

from conftest import SIMULATED, example_model, simulates, tinymlc
from test_bit_exact import input_name, input_shape


@pytest.fixture(autouse=True)
def built():
    if not simulates():
        pytest.skip("the build has no simulator")


@pytest.mark.parametrize("arena", ["DTCM", "D2_SRAM"])
def test_outputs_are_the_hosts(arena, tmp_path):
    model = example_model()
    sample = numpy.random.default_rng(1).normal(size=input_shape(model)).astype(numpy.float32)
    numpy.save(tmp_path / "in.npy", sample)
    outputs = []
    for target, options in (("host", ()), (SIMULATED, ("--arena", arena))):
        out = tmp_path / target
        tinymlc("run", model, "--target", target, *options, "--input", f"{input_name(model)}={tmp_path / 'in.npy'}", "-o", out)
        outputs.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert outputs[0] == outputs[1] and outputs[0]


def test_what_is_no_program_for_the_chip_is_refused(tmp_path):
    (tmp_path / "a.elf").write_bytes(b"\x7fELF")
    assert "not a sound ELF file" in tinymlc("sim", tmp_path / "a.elf", code=2).stderr
