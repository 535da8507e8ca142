# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A published keyword transformer that takes samples, its front end inside (Berg et al., Keyword Transformer, 2021): in
int8 behind a front end that stays float by itself, it answers as in float to the speech of the keyword example's
generator, in this process and from raw samples on an emulated board."""
import concurrent.futures
import shutil
import subprocess
import sys

import numpy
import pytest

from conftest import ROOT, shared, tinymlc, tinymlc_json
from sensors import write

pytestmark = pytest.mark.full

KEYWORDS = ROOT / "examples/keywords"
sys.path.insert(0, str(KEYWORDS))
import augment  # noqa: E402
import espeak  # noqa: E402
import synthesise  # noqa: E402
import words  # noqa: E402

MODEL = "models/voice/kwt1_f32.tflite"
ON_BOARD = 2  # of a hundred utterances


def clips_of(corpus, seed):
    """[N, 16000] int16: utterances with less and less noise."""
    clips = []
    for row, (speech, length) in enumerate(zip(corpus["speech"], corpus["length"])):
        clips.append(augment.test_clip(speech, length, (None, 30, 20, 10)[row % 4], numpy.random.default_rng([seed, row])))
    clips = numpy.stack(clips)
    return numpy.rint(clips / numpy.abs(clips).max(axis=1, keepdims=True) * 32000).astype(numpy.int16)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Options that make the model int8 and hear samples, and a hundred utterances of flite; espeak-ng calibrates."""
    shared(MODEL)
    for engine in ("espeak-ng", "flite"):
        if shutil.which(engine) is None:
            pytest.skip(f"{engine} is not installed: scripts/setup --training")
    folder = tmp_path_factory.mktemp("words")
    command = [sys.executable, KEYWORDS / "synthesise.py", "test", folder / "test.npz", "--per-keyword", "9", "--unknown", "10"]
    subprocess.run(command, check=True, capture_output=True)
    planned = synthesise.plan(words.TRAINING_UNKNOWN_WORDS, 5, 14)
    espeak.data_folder()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        speech = synthesise.one_by_one(espeak.speak, [word for word, _ in planned], 3, pool)
    heard = [row for row, (_, samples) in enumerate(speech) if samples is not None]
    corpus = synthesise.corpus_of([planned[row] for row in heard], [speech[row] for row in heard])
    numpy.savez(folder / "rows.npz", input_1=clips_of(corpus, 2)[:, None].astype(numpy.float32) / 32768)
    spec = write(folder / "samples.yaml", sound={"features": "samples"})
    options = ["--quantize", "int8", "--calibrate", folder / "rows.npz", "--preprocess", spec, "--input-type", "samples"]
    return options, clips_of(dict(numpy.load(folder / "test.npz")), 1)


def answers(options, clips, folder, target="host"):
    numpy.save(folder / "clips.npy", clips[:, None])
    report = tinymlc_json("run", shared(MODEL), *options, "--target", target, "--input", folder / "clips.npy", "-o", folder / target)
    return numpy.load(report["outputs"][0]["file"]).reshape(len(clips), -1)


def by_litert(clips):
    from ai_edge_litert.interpreter import Interpreter
    interpreter = Interpreter(str(shared(MODEL)))
    interpreter.allocate_tensors()
    scores = []
    for clip in clips:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], clip[None].astype(numpy.float32) / 32768)
        interpreter.invoke()
        scores.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0])
    return numpy.array(scores)


def test_it_answers_as_in_float_here_and_on_a_board(model, tmp_path):
    options, clips = model
    assert len(clips) == 100
    here, expected = answers(options, clips, tmp_path), by_litert(clips)
    same = (here.argmax(axis=1) == expected.argmax(axis=1)).sum()
    print(f"{same} of {len(clips)} utterances are answered as in float")
    assert same >= 97
    on_board = answers(options, clips[:ON_BOARD], tmp_path, "mps2-an500")
    numpy.testing.assert_array_equal(on_board.argmax(axis=1), expected[:ON_BOARD].argmax(axis=1))


def test_it_fits_a_microcontroller(model):
    report = tinymlc_json("bench", shared(MODEL), *model[0], "--target", "mps2-an500", "--no-cycles")
    print({key: report[key] for key in ("instructions", "flash_bytes", "ram_bytes")})
    assert report["flash_bytes"]["total"] <= 2_000_000 and report["ram_bytes"]["total"] <= 1_000_000
