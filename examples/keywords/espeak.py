# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Speech of espeak-ng: its English accents with 80 of its voice variants and 200 random ones."""

import functools
import pathlib
import re
import subprocess
import tempfile

import numpy as np

from features import SAMPLE_RATE_HZ
from sounds import resample, run_synthesiser, trim

RANDOM_VARIANTS = 200
ACCENTS = """
    en en-us en-us en-us en-gb-scotland en-gb-x-gbclan en-gb-x-rp en-gb-x-gbcwmd en-029 en-us-nyc
""".split()
VARIANTS = """
    none adam Alex Alicia Andrea Andy Annie antonio aunty belinda benjamin boris caleb david Denis Diogo ed edward
    edward2 Gene Gene2 gustave Henrique Hugo iven iven2 iven3 iven4 Jacky john kaukovalta Lee linda marcelo Marco Mario
    max michael michel miguel Mike pablo paul pedro quincy RicishayMax RicishayMax2 RicishayMax3 rob robert steph steph2
    steph3 Storm travis victor zac anika f1 f2 f3 f4 f5 grandma grandpa klatt klatt2 klatt3 klatt4 klatt5 klatt6 m1 m2
    m3 m4 m5 m6 m7 m8 norbert sandro shelby croak whisper whisperf
""".split()
# Vowels differ between speakers more than between espeak-ng's accents; its phoneme names, spoken now and then instead.
PRONUNCIATIONS = {
    "down": ["d'aUn", "d'VUn", "d'aun"],
    "go": ["g'oU", "g'o:", "g'@U"],
    "no": ["n'oU", "n'o:", "n'@U"],
    "off": ["'O:f", "'A:f", "'0f"],
    "on": ["'A:n", "'0n", "'O:n"],
    "right": ["r'aIt", "r'VIt"],
    "stop": ["st'A:p", "st'0p"],
    "up": ["'Vp", "'@p"],
}


def random_variant(name, rng):
    """An espeak-ng voice variant nobody has: its own vocal tract, formant strengths and widths, breath and pitch."""
    tract = rng.uniform(85, 125)
    low_hz = rng.uniform(70, 230)
    lines = ["language variant", f"name {name}", f"pitch {low_hz:.0f} {low_hz * rng.uniform(1.1, 1.9):.0f}"]
    for formant in range(9):
        frequency, height, width = tract * rng.uniform(0.92, 1.08), rng.uniform(50, 130), rng.uniform(60, 220)
        lines.append(f"formant {formant} {frequency:.0f} {height:.0f} {width:.0f}")
    lines.append(f"flutter {rng.integers(0, 6)}")
    lines.append(f"roughness {rng.integers(0, 5)}")
    lines.append(f"voicing {rng.integers(50, 130)}")
    lines.append(f"consonants {rng.integers(70, 250)} {rng.integers(70, 250)}")
    if rng.random() < 0.5:
        lines.append("breath " + " ".join(str(rng.integers(0, 8)) for _ in range(8)))
    return "\n".join(lines) + "\n"


@functools.cache
def data_folder():
    """A folder for espeak-ng's --path: the installed data with random variants beside its own. Kept until the end."""
    version = subprocess.run(["espeak-ng", "--version"], check=True, capture_output=True, text=True).stdout
    installed = pathlib.Path(re.search(r"Data at: (.*)", version).group(1).strip())
    folder = tempfile.TemporaryDirectory()
    data = pathlib.Path(folder.name) / "espeak-ng-data"
    for part in ("", "lang", "voices/!v"):  # of the languages only gmw, which holds English: espeak-ng takes 350 voices
        (data / part).mkdir(parents=True, exist_ok=True)
        for entry in (installed / part).iterdir():
            if entry.is_file() or entry.name == "gmw":
                (data / part / entry.name).symlink_to(entry)
    for index in range(RANDOM_VARIANTS):
        text = random_variant(f"random{index}", np.random.default_rng([index]))
        (data / "voices" / "!v" / f"random{index}").write_text(text)
    return folder


def speak(word, rng):
    """(voice, samples) of one utterance; a resampling factor lengthens or shortens the whole vocal tract."""
    accent, variant = rng.choice(ACCENTS), rng.choice(VARIANTS)
    if rng.random() < 0.6:
        variant = f"random{rng.integers(RANDOM_VARIANTS)}"
    voice = accent if variant == "none" else f"{accent}+{variant}"
    text = word + rng.choice(["", ".", "!", "?", ","])
    if word in PRONUNCIATIONS and rng.random() < 0.4:
        text = f"[[{rng.choice(PRONUNCIATIONS[word])}]]"
    speed, pitch = int(rng.integers(80, 240)), int(rng.integers(15, 85))
    command = ["espeak-ng", f"--path={data_folder().name}", "-v", voice, "-s", str(speed), "-p", str(pitch), text, "-w"]
    samples, rate = run_synthesiser(command)
    samples = trim(samples)
    tract = rng.uniform(0.9, 1.12)
    return voice, resample(samples, int(samples.size * SAMPLE_RATE_HZ / rate * tract))
