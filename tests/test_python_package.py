# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The Python package as the release build leaves it in build/release/python: what it computes is onnxruntime's, arrays are used
where they are, errors say what is wrong, other threads go on meanwhile, and its types are checked."""
import html.parser
import os
import pathlib
import re
import subprocess
import sys
import threading

import numpy
import onnxruntime
import pytest

from conftest import ROOT, shared, tinymlc_json

PACKAGE = ROOT / "build/release/python"
TOOLS = ROOT / "build/venv/python"
if not list(PACKAGE.glob("tinymlc/_native.*.so")):
    pytest.skip("the Python package is not built", allow_module_level=True)
sys.path.insert(0, str(PACKAGE))
import tinymlc  # noqa: E402

KEYWORDS = ROOT / "examples/keywords/keywords.onnx"


@pytest.fixture(scope="module")
def keywords():
    return tinymlc.compile(KEYWORDS)


@pytest.fixture
def session(keywords):
    return tinymlc.Session(keywords)


def sample_of(session, seed=0):
    generator = numpy.random.default_rng(seed)
    return [generator.integers(-128, 128, tensor.shape).astype(tensor.dtype) for tensor in session.inputs]


def oracle(model, inputs):
    runner = onnxruntime.InferenceSession(model)
    return runner.run(None, {port.name: value for port, value in zip(runner.get_inputs(), inputs)})


def test_runs_as_onnxruntime_does(session):
    for seed in range(5):
        inputs = sample_of(session, seed)
        (name, actual), = session.run(inputs).items()
        expected, = oracle(KEYWORDS, inputs)
        assert expected.max() > 0 and len(numpy.unique(expected)) > 3
        numpy.testing.assert_allclose(actual, expected, atol=1.5 / 256)  # a step of int8 softmax
        assert name == session.outputs[0].name


def test_a_float_model_takes_channels_where_its_file_has_them():
    model = shared("models/zoo/cnn_mnist_pytorch.onnx")
    session = tinymlc.Session(model)
    port = onnxruntime.InferenceSession(model).get_inputs()[0]
    assert session.inputs[0].name == port.name and list(session.inputs[0].shape)[1:] == port.shape[1:]
    inputs = [numpy.random.default_rng(0).random(session.inputs[0].shape, numpy.float32)]
    actual, = session.run(inputs).values()
    expected, = oracle(model, inputs)
    numpy.testing.assert_allclose(actual, expected, rtol=1e-4, atol=1e-4)


def test_an_image_is_run_from_its_file(keywords, session, tmp_path):
    path = tmp_path / "keywords.tmci"
    tinymlc.compile(KEYWORDS, path, emit="image")
    assert path.read_bytes() == keywords.image()
    mapped = tinymlc.Session(path, trusted=True)
    inputs = sample_of(mapped)
    for expected, actual in zip(session.run(inputs).values(), mapped.run(inputs).values(), strict=True):
        numpy.testing.assert_array_equal(actual, expected)


def test_what_an_image_is_refused_for_is_said_once(tmp_path):
    path = tmp_path / "keywords.tmci"
    tinymlc.compile(KEYWORDS, path, emit="image")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(tinymlc.Error, match="ends too early") as short:
        tinymlc.Session(path)
    assert short.value.file == str(path)
    assert str(short.value).count(str(path)) == 1 and str(short.value).count("hint:") == 1


def address(array):
    return array.__array_interface__["data"][0]


def aligned(shape, dtype):
    """At a multiple of 64, whatever the allocator does."""
    count = int(numpy.prod(shape)) * numpy.dtype(dtype).itemsize
    memory = numpy.zeros(count + 64, numpy.uint8)
    begin = -address(memory) % 64
    return memory[begin:begin + count].view(dtype).reshape(shape)


def test_arrays_are_used_where_they_are():
    """With --keep-inputs nothing else lies where the input does, so nothing is copied."""
    session = tinymlc.Session(KEYWORDS, keep_inputs=True)
    source = aligned(session.inputs[0].shape, session.inputs[0].dtype)
    source[...] = sample_of(session)[0]
    target = aligned(session.outputs[0].shape, session.outputs[0].dtype)
    result, = session.run(source, target).values()
    assert result is target and target.any()
    assert session._context.input_address(0) == address(source)
    assert session._context.output_address(0) == address(target)
    assert session.inputs[0].name not in session.copied
    fresh, = session.run(source).values()
    assert session._context.output_address(0) == address(fresh) and fresh.flags.owndata
    numpy.testing.assert_array_equal(fresh, target)


def test_buffers_and_dlpack_are_read_without_numpy(session):
    inputs, = sample_of(session)
    expected, = session.run(inputs).values()

    class Tensor:  # what torch's tensors have
        def __dlpack__(self, **options):
            return inputs.__dlpack__(**options)

        def __dlpack_device__(self):
            return inputs.__dlpack_device__()

    for given in (memoryview(inputs), Tensor()):
        actual, = session.run(given).values()
        assert session._bound[0].ctypes.data == address(inputs)
        numpy.testing.assert_array_equal(actual, expected)


def test_tensors_of_torch(session):
    torch = pytest.importorskip("torch")
    inputs, = sample_of(session)
    expected, = session.run(inputs).values()
    actual, = session.run(torch.from_numpy(inputs)).values()
    numpy.testing.assert_array_equal(torch.from_dlpack(actual).numpy(), expected)


def test_what_is_no_input_is_refused(session):
    inputs, = sample_of(session)
    name = session.inputs[0].name
    for given, words in ((inputs.astype(numpy.int32), rf"'{name}' is float32, not int32"),
                         (inputs[0], rf"'{name}' has the shape .*49, 10\), not "),
                         ([inputs, inputs], "1 inputs, not 2"),
                         ({"other": inputs}, "'other' is no one|a missing one")):
        with pytest.raises(tinymlc.Error, match=words) as raised:
            session.run(given)
        assert raised.value.code == "TMC201" and raised.value.hint
    read_only = numpy.zeros(session.outputs[0].shape, session.outputs[0].dtype)
    read_only.flags.writeable = False
    with pytest.raises(tinymlc.Error, match="cannot be written"):
        session.run(inputs, read_only)


def test_errors_say_what_the_command_line_says(tmp_path):
    with pytest.raises(tinymlc.Error) as missing:
        tinymlc.compile(tmp_path / "none.onnx")
    assert missing.value.code == "TMC202" and missing.value.file.endswith("none.onnx") and missing.value.hint
    broken = tmp_path / "broken.tflite"
    broken.write_bytes(shared("models/mlperf_tiny/ad_int8.tflite").read_bytes()[:5000])
    with pytest.raises(tinymlc.Error) as malformed:
        tinymlc.cost(broken)
    assert malformed.value.code == "TMC300" and str(broken) in str(malformed.value)
    with pytest.raises(tinymlc.Error, match="optimise") as unknown:
        tinymlc.compile(KEYWORDS, optimise="speed")
    assert unknown.value.code == "TMC200"
    with pytest.raises(tinymlc.Error) as budget:
        tinymlc.compile(KEYWORDS, target="mps2-an500", budget="ram=1K")
    assert budget.value.code == "TMC100"


def test_reports_are_those_of_the_commands(keywords):
    assert tinymlc.cost(KEYWORDS, target="mps2-an500") == tinymlc_json("inspect", KEYWORDS, "--cost", "--target", "mps2-an500")
    options = {"seed": 3, "samples": 2}
    ours = tinymlc.verify(KEYWORDS, "onnxruntime", **options)
    assert ours["pass"] and ours == tinymlc_json("verify", KEYWORDS, "--oracle", "onnxruntime", "--seed", 3, "--samples", 2)
    measured = tinymlc.bench(KEYWORDS, target="mps2-an500", no_cycles=True)
    theirs = tinymlc_json("bench", KEYWORDS, "--target", "mps2-an500", "--no-cycles")
    assert measured["instructions"] == theirs["instructions"] > 1e6 and measured["flash_bytes"] == theirs["flash_bytes"]
    assert keywords["steps"] > 5 and keywords["quantization"] is None


def test_sources_are_written(tmp_path):
    report = tinymlc.compile(KEYWORDS, tmp_path / "model", target="mps2-an500", optimize="size")
    assert (tmp_path / "model/model.hpp").exists() and report["target"] == "mps2-an500"
    report.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text().lower().startswith("<!doctype html>")


def test_a_float_model_is_quantised_on_arrays():
    rows = numpy.random.default_rng(0).random((16, 1, 1, 28, 28), numpy.float32)
    model = shared("models/zoo/cnn_mnist_pytorch.onnx")
    told = []
    report = tinymlc.quantize(model, calibrate=rows, ranges="minmax", repair="none", progress=lambda *what: told.append(what))
    assert report["rows"] == 16 and report["layers"] and "<html" in report.page
    assert told[-1][1] == told[-1][2] > 5 and all(done <= all_of_it for _, done, all_of_it in told)


class Tables(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.cells = [], []

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("td", "th"):
            self.cells.append(data)


def test_notebooks_show_tables(keywords):
    tables = Tables()
    tables.feed(keywords._repr_html_())
    assert not tables.open
    macs = tables.cells.index("macs")
    assert tables.cells[macs + 1] == f"{keywords['macs']:,}"
    assert all(layer["kernel"] in tables.cells for layer in keywords["layers"])
    report = tinymlc.verify(KEYWORDS, "onnxruntime", samples=1)
    report["oracle"] = "<script>"
    assert "<script>" not in report._repr_html_() and "&lt;script&gt;" in report._repr_html_()


def test_other_threads_go_on(tmp_path):
    """Nobody is made to hand the interpreter's lock over, so who waits for it goes on before the runs are over only if they
    release it."""
    session = tinymlc.Session(shared("models/mlperf_tiny/vww_f32.tflite"))
    session.run(sample_of(session))
    inside, is_over = threading.Event(), threading.Event()

    def run():
        inside.set()
        for _ in range(20):
            session._context.run()
        is_over.set()

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        inside.wait()
        went_on = not is_over.is_set()
    finally:
        sys.setswitchinterval(interval)
    thread.join()
    assert went_on


def test_sessions_run_side_by_side(keywords):
    sessions = [tinymlc.Session(keywords) for _ in range(4)]
    samples = [sample_of(session, seed) for seed, session in enumerate(sessions)]
    expected = [list(session.run(sample).values())[0] for session, sample in zip(sessions, samples)]
    wrong = []

    def run(index):
        for _ in range(30):
            actual, = sessions[index].run(samples[index]).values()
            if not numpy.array_equal(actual, expected[index]):
                wrong.append(index)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong and len({each.tobytes() for each in expected}) == 4


def test_a_state_lasts_until_reset():
    session = tinymlc.Session(shared("models/voice/hey_jarvis_streaming_int8.tflite"))
    inputs = sample_of(session)
    begin = session.state
    first, = session.run(inputs).values()
    after = session.state
    assert begin != after
    session.reset()
    assert session.state == begin
    again, = session.run(inputs).values()
    numpy.testing.assert_array_equal(again, first)
    session.state = begin
    assert session.state == begin
    with pytest.raises(tinymlc.Error, match="bytes, not 3"):
        session.state = b"abc"


def test_a_bar_is_for_terminals():
    script = f"import sys; sys.path.insert(0, {str(PACKAGE)!r}); import tinymlc; tinymlc.compile({str(KEYWORDS)!r})"
    quiet = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert not quiet.stderr and not quiet.stdout
    shown = subprocess.run([sys.executable, "-c", script[:-1] + ", progress=True)"], capture_output=True, check=True).stderr
    assert b"select" in shown and b"|###" in shown and re.search(rb"\r +\r$", shown)


def test_types_hold():
    """mypy, on the package with the stubs that nanobind makes."""
    if not (TOOLS / "mypy").is_dir():
        pytest.skip("mypy is not there")
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    arguments = ["--strict", "--allow-any-generics", "--follow-imports", "silent", "--cache-dir", str(ROOT / "build/mypy"),
                 str(PACKAGE / "tinymlc")]
    done = subprocess.run([sys.executable, "-m", "mypy", *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    stubs = (PACKAGE / "tinymlc/_native.pyi").read_text()
    assert "def compile(words: Sequence[str]" in stubs and "class Context" in stubs


def test_the_documentation_runs(tmp_path, monkeypatch):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs/python.md").read_text(), re.DOTALL)
    assert len(blocks) >= 3
    monkeypatch.chdir(tmp_path)
    pathlib.Path("keywords.onnx").symlink_to(KEYWORDS)
    names = {}
    for block in blocks:
        exec(block, names)  # pylint: disable=exec-used
    assert names["word"] in names["words"]


@pytest.mark.full
def test_pip_installs_it(tmp_path):
    """What `pip install .` builds, on the compiler cache, and imports from another folder."""
    environment = {**os.environ, "PYTHONPATH": str(TOOLS), "PATH": f"{TOOLS / 'bin'}:{os.environ['PATH']}"}
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target",
                    tmp_path / "site", ROOT], env=environment, check=True)
    script = f"import tinymlc; print(tinymlc.__file__, tinymlc.compile({str(KEYWORDS)!r})['steps'])"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
                          capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(tmp_path)) and int(done.stdout.split()[-1]) > 5
