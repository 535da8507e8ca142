# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: the command line as users call it, and the folders of models and data."""
import json
import os
import pathlib
import re
import socket
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TINYMLC = pathlib.Path(os.environ.get("TINYMLC", ROOT / "build/release/bin/tinymlc"))

REFUSED = 2

TARGET_FILES = sorted((ROOT / "src/tmc/targets/data").glob("*.yaml"))
EMULATED = [path.stem for path in TARGET_FILES if "method: emulator" in path.read_text(encoding="utf-8")]

SIMULATED = "stm32h743vi"


def simulates():
    """Whether this build has the simulator."""
    rows = tinymlc_json("targets")
    return any(row["name"] == SIMULATED and row["run"] != "linked only" for row in rows)


def tinymlc_process(*arguments, timeout_s=600):
    """Runs the command line, and returns what it finished with, however that was."""
    return subprocess.run([TINYMLC, *map(str, arguments)], capture_output=True, text=True, timeout=timeout_s, check=False)


def check_message(stderr):
    """A refusal is one message with what is wrong, a hint and a code; of a model it names the node or tensor."""
    text = stderr[stderr.rindex("tinymlc: "):] if "tinymlc: " in stderr else stderr
    code = re.search(r"\n  (TMC\d{3}): `tinymlc explain \1` says more\n$", text)
    assert text.startswith("tinymlc: ") and code, f"no code:\n{stderr}"
    assert re.search(r"\n  hint: .", text), f"no hint:\n{stderr}"
    if code[1] in ("TMC301", "TMC302", "TMC303"):
        assert "'" in text, f"no node:\n{stderr}"
    return code[1]


def tinymlc(*arguments, code=0, timeout_s=600):
    """Runs the command line; fails where it ends with another exit code. Returns what it finished with."""
    done = tinymlc_process(*arguments, timeout_s=timeout_s)
    assert done.returncode == code, f"exit code {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}"
    if code == REFUSED:
        check_message(done.stderr)
    return done


def tinymlc_json(*arguments, code=0):
    return json.loads(tinymlc(*arguments, "--json", code=code).stdout)


def shared(path):
    """A file of ../shared, or the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not there")
    return SHARED / path


def shared_models():
    """Those of ../shared but for the conformance cases, whether they compile or not."""
    paths = sorted(path for kind in ("tflite", "onnx") for path in SHARED.glob(f"models/*/**/*.{kind}"))
    return [str(path.relative_to(SHARED)) for path in paths if "conformance" not in path.parts]


def example_model():
    return ROOT / "examples/keywords/keywords.onnx"


@pytest.fixture(scope="session", autouse=True)
def built():
    if not TINYMLC.exists():
        pytest.exit(f"{TINYMLC} is not built: run make build", returncode=2)


@pytest.fixture(scope="session", autouse=True)
def warm_python(tmp_path_factory):
    """Oracles run in processes that have their packages, unless TINYMLC_PYTHON says which Python they are to run in."""
    cold = ROOT / "build/venv/bin/python"
    if "TINYMLC_PYTHON" in os.environ or not cold.exists():
        yield
        return
    path = tmp_path_factory.mktemp("warm") / "socket"
    with socket.socket(socket.AF_UNIX) as listener:  # those who ask early wait there
        listener.bind(str(path))
        listener.listen()
        number = listener.fileno()
        server = subprocess.Popen([cold, ROOT / "tests/warm/server.py", str(number)], stdin=subprocess.PIPE, pass_fds=[number])
    os.environ.update(TINYMLC_PYTHON=str(ROOT / "tests/warm/python"), TMC_WARM_PYTHON=str(path), TMC_COLD_PYTHON=str(cold))
    yield
    server.communicate()  # ends its input, and so the server


@pytest.fixture(autouse=True)
def cpu_seconds(record_property):
    """What a test and the commands that it ran took, for scripts/times; but for oracles, which run beside (warm_python)."""
    begin = os.times()
    yield
    end = os.times()
    record_property("cpu_seconds", round(sum(end[:4]) - sum(begin[:4]), 2))
