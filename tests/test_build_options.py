# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What may be left out of the build: it is configured without, and nothing of what is left links what is not there."""
import re
import subprocess

import pytest

from conftest import ROOT

FILES = [*ROOT.glob("cmake/*.cmake"), *ROOT.glob("src/**/CMakeLists.txt"), ROOT / "python/CMakeLists.txt"]
OPTIONS = sorted({option for file in FILES
                  for option in re.findall(r'option\((TMC_\w+) "[^"]*" ON\)', file.read_text(encoding="utf-8"))})
PARTS = [option for option in OPTIONS if option not in ("TMC_COMPILER", "TMC_WERROR")]  # of the compiler, or beside it


def configure(folder, options):
    command = ["cmake", "--preset", "release", "-B", folder, "-DTMC_UNITY=ON", *(f"-D{option}=OFF" for option in options)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    missing = re.findall(r"-ltmc_\w+", (folder / "build.ninja").read_text(encoding="utf-8"))  # a name that is no target
    assert not missing, f"{set(missing)} is linked, and not built"
    return done.stdout + done.stderr


def test_the_options_are_found():
    assert {"TMC_ENGINE", "TMC_MEMORY", "TMC_KERAS", "TMC_SAVEDMODEL"} <= set(PARTS)


@pytest.mark.parametrize("options", [PARTS, ["TMC_COMPILER"]], ids=["all parts", "compiler"])
def test_it_is_configured_without(options, tmp_path):
    configure(tmp_path, options)


@pytest.mark.long
@pytest.mark.parametrize("option", PARTS)
def test_each_part_can_be_left_out_alone(option, tmp_path):
    configure(tmp_path, [option])


@pytest.mark.full
def test_the_command_line_is_built_without_any_part():
    folder = ROOT / "build/options"  # as deep as the release build, so that the compiler's cache has most of it
    configure(folder, PARTS)
    subprocess.run(["cmake", "--build", folder, "--target", "tinymlc"], check=True, capture_output=True)
    said = subprocess.run([folder / "bin/tinymlc", "targets"], check=True, capture_output=True, text=True).stdout
    assert "mps2-an500" in said
    assert not (folder / "lib").exists()
