# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What `cmake --install` leaves works alone: it runs where the source tree and its build are hidden."""
import json
import shutil
import subprocess

import pytest

from conftest import ROOT, TINYMLC, example_model

# An empty file system over the source tree, seen by this command only.
HIDDEN = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", 'mount -t tmpfs none "$0" && cd / && exec "$@"', ROOT]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    prefix = tmp_path_factory.mktemp("installed")
    subprocess.run(["cmake", "--install", TINYMLC.parent.parent, "--prefix", prefix], check=True, capture_output=True)
    return prefix


def run_alone(*command):
    if subprocess.run([*HIDDEN, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount over the source tree")
    done = subprocess.run([*HIDDEN, *map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_source_tree_is_hidden():
    assert run_alone("ls", ROOT) == ""


def test_installed_command_line_compiles_and_runs_on_a_board(installed, tmp_path):
    model = shutil.copy(example_model(), tmp_path)
    binary = installed / "bin/tinymlc"
    assert "mps2-an500" in run_alone(binary, "targets")
    run_alone(binary, "compile", model, "--target", "stm32h743vi", "-o", tmp_path / "compiled")
    assert (tmp_path / "compiled/model.hpp").is_file()
    footprint = json.loads(run_alone(binary, "bench", model, "--target", "mps2-an500", "--no-cycles", "--json"))
    assert footprint["instructions"] > 1_000_000


def test_licence_is_installed(installed):
    assert list(installed.glob("share/doc/*/LICENSE"))
