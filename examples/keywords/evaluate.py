#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Measures keyword models on speech of the synthesiser that training never heard.

  evaluate.py TEST.npz MODEL.onnx...      needs python3-numpy and onnxruntime (PyPI)
  evaluate.py TEST.npz MODEL.onnx... --tinymlc BINARY [--calibrate FEATURES.npz]
  evaluate.py TEST.npz streaming.onnx --streaming

TEST.npz is `synthesise.py test`'s. One in four utterances stays clean, the others get noise 30, 20 and 10 dB below the
speech; clips of the class silence are added. With --tinymlc the answers are those of the program that tinymlc makes for
this machine, which has the same integers as a board's; --calibrate makes a float model int8 with a thousand of the
features that prepare.py made. With --streaming the features are those of sound that goes on, of clips whose loudest
sample is half of full scale.
"""

import argparse
import pathlib
import subprocess
import tempfile

import numpy as np
import onnxruntime

import augment
from features import at_peak, features
from words import LABELS, SILENCE

NOISE_DB = (None, 30.0, 20.0, 10.0)
CALIBRATION_ROWS = 1000
STREAMING_PEAK = 0.5


def test_maps(corpus, silences, seed, streaming=False):
    """Features, labels and groups (voice, noise) of the test clips; `streaming` features are of sound that goes on."""
    clips, groups = [], []
    for row in range(len(corpus["label"])):
        ratio_db = NOISE_DB[row % len(NOISE_DB)]
        rng = np.random.default_rng([seed, row])
        clips.append(augment.test_clip(corpus["speech"][row], corpus["length"][row], ratio_db, rng))
        groups.append((str(corpus["voice"][row]), "clean" if ratio_db is None else f"{ratio_db:.0f} dB"))
    rng = np.random.default_rng([seed])
    clips += [augment.silence(rng) for _ in range(silences)]
    groups += [("no voice", "noise only")] * silences
    labels = np.concatenate([corpus["label"], np.full(silences, SILENCE)])
    clips = at_peak(np.stack(clips), STREAMING_PEAK) if streaming else np.stack(clips)
    return features(clips, streaming), labels, groups


def predictions(model, maps):
    """The most likely class of each map; the models take one at a time."""
    settings = onnxruntime.SessionOptions()  # optimised, it rounds the inputs of layers with int8 weights
    settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])
    return np.array([int(session.run(None, {"features": one[None]})[0].argmax()) for one in maps])


def calibration_options(features_file, folder):
    """Options that make a float model int8, with rows of prepare.py's features kept in `folder`."""
    maps = np.load(features_file)["maps"]
    rows = maps[:: max(1, len(maps) // CALIBRATION_ROWS)].astype(np.float32)[:, None]
    path = pathlib.Path(folder) / "calibration.npz"
    np.savez(path, features=rows)
    return ["--quantize", "int8", "--calibrate", str(path)]


def compiled_predictions(tinymlc, model, maps, options):
    """The same of the program that tinymlc makes of the model."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = pathlib.Path(folder) / "features.npy"
        np.save(inputs, maps[:, None])
        command = [str(tinymlc), "run", str(model), *options, "--input", f"features={inputs}", "-o", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return np.load(pathlib.Path(folder) / "probabilities.npy").reshape(len(maps), -1).argmax(1)


def print_confusion(labels, predicted):
    """Rows: what was said; columns: what was heard."""
    counts = np.zeros((len(LABELS), len(LABELS)), int)
    np.add.at(counts, (labels, predicted), 1)
    print(f"{'said':>8} |" + "".join(f"{label[:5]:>6}" for label in LABELS) + "   right")
    for label, row in zip(LABELS, counts):
        cells = "".join(f"{count or '.':>6}" for count in row)
        print(f"{label:>8} |{cells}{row[LABELS.index(label)] / max(row.sum(), 1):>8.1%}")


def print_groups(groups, right):
    for index, title in ((0, "voice"), (1, "noise")):
        names = sorted({group[index] for group in groups})
        shares = [f"{name} {np.mean(right[[group[index] == name for group in groups]]):.1%}" for name in names]
        print(f"by {title}: " + ", ".join(shares))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("models", nargs="+")
    parser.add_argument("--streaming", action="store_true")
    parser.add_argument("--silences", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tinymlc", type=pathlib.Path)
    parser.add_argument("--calibrate", type=pathlib.Path, metavar="FEATURES.npz")
    arguments = parser.parse_args()
    corpus = dict(np.load(arguments.corpus))
    maps, labels, groups = test_maps(corpus, arguments.silences, arguments.seed, arguments.streaming)
    with tempfile.TemporaryDirectory() as folder:
        options = calibration_options(arguments.calibrate, folder) if arguments.calibrate else []
        for model in arguments.models:
            if arguments.tinymlc:
                predicted = compiled_predictions(arguments.tinymlc, model, maps, options)
            else:
                predicted = predictions(model, maps)
            right = predicted == labels
            print(f"\n{model}: {right.sum()} of {len(labels)} right, {right.mean():.1%}")
            print_groups(groups, right)
            print_confusion(labels, predicted)


if __name__ == "__main__":
    main()
