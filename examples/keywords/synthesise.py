#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes spoken words with a speech synthesiser and keeps them in one .npz file.

  synthesise.py training FILE.npz     espeak-ng: many accents, voice variants, speeds, pitches, vocal tract lengths
  synthesise.py test FILE.npz         flite: its four general voices, with other durations and pitches

The two never mix: training sees only espeak-ng, testing only flite, and the words of the class "unknown" differ too.
The file holds `speech` [N, 16000] int16 (trimmed, starting at sample 0), `length` [N], `label` [N], `voice` [N] and
`word` [N]. The class "silence" holds no speech; augment.py makes its noises.
"""

import argparse
import concurrent.futures
import functools
import pathlib
import re
import subprocess
import tempfile
import wave

import numpy as np

from features import CLIP_SAMPLES, SAMPLE_RATE_HZ

LABELS = (pathlib.Path(__file__).parent / "labels.txt").read_text().split()
KEYWORDS = LABELS[:-2]
UNKNOWN = LABELS.index("unknown")

TRAINING_UNKNOWN_WORDS = """
    dumb crown gum ghost grow coal cold row bow toe lesson chef laugh leaf note near snow knee oven in am own want light
    rice ride wide height shop staff ate but ace us hub yellow yard you chess yawn
    apple water table paper window door garden river mountain music letter summer winter morning evening coffee tea
    bread milk sugar salt green black white purple orange paint road train boat plane car wheel engine doctor teacher
    student mother father sister brother child hand foot head face mouth teeth hair fish horse cow sheep mouse lion
    rain wind cloud sun moon sky open close turn volume please thanks hello computer machine number question answer
    money market village city country people minute hour week month year never always maybe because under over
    around between
""".split()
TEST_UNKNOWN_WORDS = """
    zero one two three four five six seven eight nine bed bird cat dog happy house marvin sheila tree wow backward
    forward follow learn visual
""".split()

RANDOM_VARIANTS = 200
ESPEAK_ACCENTS = """
    en en-us en-us en-us en-gb-scotland en-gb-x-gbclan en-gb-x-rp en-gb-x-gbcwmd en-029 en-us-nyc
""".split()
ESPEAK_VARIANTS = """
    none adam Alex Alicia Andrea Andy Annie antonio aunty belinda benjamin boris caleb david Denis Diogo ed edward
    edward2 Gene Gene2 gustave Henrique Hugo iven iven2 iven3 iven4 Jacky john kaukovalta Lee linda marcelo Marco Mario
    max michael michel miguel Mike pablo paul pedro quincy RicishayMax RicishayMax2 RicishayMax3 rob robert steph steph2
    steph3 Storm travis victor zac anika f1 f2 f3 f4 f5 grandma grandpa klatt klatt2 klatt3 klatt4 klatt5 klatt6 m1 m2
    m3 m4 m5 m6 m7 m8 norbert sandro shelby croak whisper whisperf
""".split()
# Vowels differ between speakers more than between espeak-ng's accents; its phoneme names, spoken now and then instead.
ESPEAK_PRONUNCIATIONS = {
    "down": ["d'aUn", "d'VUn", "d'aun"],
    "go": ["g'oU", "g'o:", "g'@U"],
    "no": ["n'oU", "n'o:", "n'@U"],
    "off": ["'O:f", "'A:f", "'0f"],
    "on": ["'A:n", "'0n", "'O:n"],
    "right": ["r'aIt", "r'VIt"],
    "stop": ["st'A:p", "st'0p"],
    "up": ["'Vp", "'@p"],
}
# Mean pitch in Hz and how much slower than by itself the voice reads: kal16's single words last only 0.1 to 0.2 s.
FLITE_VOICES = {"kal16": (105.0, 1.8), "awb": (117.0, 1.0), "rms": (95.0, 1.0), "slt": (172.0, 1.0)}


def resample(samples, length):
    """Band-limited resampling to `length` samples through the Fourier domain."""
    spectrum = np.fft.rfft(samples)
    bins = length // 2 + 1
    resized = np.zeros(bins, complex)
    kept = min(bins, spectrum.size)
    resized[:kept] = spectrum[:kept]
    return np.fft.irfft(resized, length) * (length / samples.size)


def trim(samples, threshold=0.01):
    """Cuts what is quieter than `threshold` of the peak at both ends."""
    loud = np.flatnonzero(np.abs(samples) > threshold * np.max(np.abs(samples)))
    return samples[loud[0] : loud[-1] + 1]


def run_synthesiser(command):
    """The samples and rate of the WAV that `command` with a file name appended writes."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run([*command, file.name], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with wave.open(file.name, "rb") as sound:
            samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float64)
            return samples, sound.getframerate()


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
def espeak_data():
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


def espeak(word, rng):
    """One espeak-ng utterance; a resampling factor lengthens or shortens the whole vocal tract."""
    accent, variant = rng.choice(ESPEAK_ACCENTS), rng.choice(ESPEAK_VARIANTS)
    if rng.random() < 0.6:
        variant = f"random{rng.integers(RANDOM_VARIANTS)}"
    voice = accent if variant == "none" else f"{accent}+{variant}"
    text = word + rng.choice(["", ".", "!", "?", ","])
    if word in ESPEAK_PRONUNCIATIONS and rng.random() < 0.4:
        text = f"[[{rng.choice(ESPEAK_PRONUNCIATIONS[word])}]]"
    speed, pitch = int(rng.integers(80, 240)), int(rng.integers(15, 85))
    command = ["espeak-ng", f"--path={espeak_data().name}", "-v", voice, "-s", str(speed), "-p", str(pitch), text, "-w"]
    samples, rate = run_synthesiser(command)
    samples = trim(samples)
    tract = rng.uniform(0.9, 1.12)
    return voice, resample(samples, int(samples.size * SAMPLE_RATE_HZ / rate * tract))


def flite(word, rng, voices=tuple(FLITE_VOICES)):
    """One flite utterance."""
    voice = str(rng.choice(voices))
    pitch_hz, slower = FLITE_VOICES[voice]
    stretch = slower * rng.uniform(0.8, 1.3)
    pitch = pitch_hz * rng.uniform(0.85, 1.2)
    settings = [f"duration_stretch={stretch:.3f}", f"int_f0_target_mean={pitch:.1f}"]
    command = ["flite", "-voice", voice, "--setf", settings[0], "--setf", settings[1], "-t", word, "-o"]
    samples, rate = run_synthesiser(command)
    samples = trim(samples)
    return voice, resample(samples, int(samples.size * SAMPLE_RATE_HZ / rate))


def plan(kind, keyword_count, unknown_count):
    """The words to speak with their labels."""
    unknown_words = TRAINING_UNKNOWN_WORDS if kind == "training" else TEST_UNKNOWN_WORDS
    words = [(word, label) for label, word in enumerate(KEYWORDS) for _ in range(keyword_count)]
    words += [(unknown_words[i % len(unknown_words)], UNKNOWN) for i in range(unknown_count)]
    return words


def synthesise(kind, keyword_count, unknown_count, seed, jobs):
    """Speaks the planned words; the result depends only on the arguments, not on the number of jobs."""
    words = plan(kind, keyword_count, unknown_count)
    speak = espeak if kind == "training" else flite
    if kind == "training":
        espeak_data()  # before the threads, which share it
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        spoken = list(pool.map(lambda i: speak(words[i][0], np.random.default_rng([seed, i])), range(len(words))))
    speech = np.zeros((len(words), CLIP_SAMPLES), np.int16)
    length = np.zeros(len(words), np.int32)
    for row, (_, samples) in enumerate(spoken):
        length[row] = min(samples.size, CLIP_SAMPLES)
        speech[row, : length[row]] = np.rint(samples[:CLIP_SAMPLES] / np.max(np.abs(samples)) * 32000)
    return {
        "speech": speech,
        "length": length,
        "label": np.array([label for _, label in words], np.int32),
        "voice": np.array([voice for voice, _ in spoken]),
        "word": np.array([word for word, _ in words]),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["training", "test"])
    parser.add_argument("file")
    parser.add_argument("--per-keyword", type=int, help="utterances of each keyword (training 900, test 100)")
    parser.add_argument("--unknown", type=int, help="utterances of the class unknown (training 2000, test 100)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    keyword_count = arguments.per_keyword or (900 if arguments.kind == "training" else 100)
    unknown_count = arguments.unknown or (2000 if arguments.kind == "training" else 100)
    corpus = synthesise(arguments.kind, keyword_count, unknown_count, arguments.seed, arguments.jobs)
    np.savez_compressed(arguments.file, **corpus)
    print(f"{len(corpus['label'])} utterances, median {np.median(corpus['length']) / SAMPLE_RATE_HZ:.2f} s")


if __name__ == "__main__":
    main()
