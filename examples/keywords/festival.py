# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Speech of festival's voices: recorded people, cut into diphones, and one statistical voice.

ked is American; the others are Italian, Czech, Finnish, Hindi, Russian and Catalan, and say English words in the
phones that they have (festival_phones.py). kal and slt, which festival has too, are not here, since flite, the test's
synthesiser, has the same speakers.

How long each phone of a word lasts is what ked's duration model says; on top of that an utterance draws its tempo,
each phone's own stretch, a melody around the voice's pitch, and the length of the vocal tract.
"""

import functools
import pathlib
import subprocess
import tempfile

import numpy as np

import festival_phones as phones
from features import SAMPLE_RATE_HZ
from sounds import read_speech, resample, trim

# Name: festival's function, mean pitch in Hz, name of the pause, phones (None: American).
DIPHONE_VOICES = {
    "ked": ("voice_ked_diphone", 105.0, "pau", None),
    "lp": ("voice_lp_diphone", 185.0, "#", phones.ITALIAN),
    "pc": ("voice_pc_diphone", 115.0, "#", phones.ITALIAN),
    "ph": ("voice_czech_ph", 105.0, "#", phones.CZECH),
    "dita": ("voice_czech_dita", 190.0, "#", phones.CZECH),
    "krb": ("voice_czech_krb", 250.0, "#", phones.CZECH),
    "machac": ("voice_czech_machac", 110.0, "#", phones.CZECH),
    "lj": ("voice_suo_fi_lj_diphone", 190.0, "#", phones.FINNISH),
    "mv": ("voice_hy_fi_mv_diphone", 105.0, "#", phones.FINNISH),
    "nsk": ("voice_hindi_NSK_diphone", 115.0, "pau", phones.HINDI),
    "nsh": ("voice_msu_ru_nsh_clunits", 115.0, "pau", phones.RUSSIAN),
}
ONA = "voice_upc_ca_ona_hts"  # statistical: takes words of a lexicon, has its own durations
VOICES = (*DIPHONE_VOICES, "ona")

# Vowels that differ between speakers of English; one is drawn.
PRONUNCIATIONS = {
    "go": {"ow": ("ow", "ow", "ao")},
    "no": {"ow": ("ow", "ow", "ao")},
    "off": {"ao": ("ao", "aa")},
    "on": {"aa": ("aa", "ao")},
    "stop": {"aa": ("aa", "ao")},
    "up": {"ah": ("ah", "ah", "ax")},
    "down": {"aw": ("aw", "aw", "ah uw")},
    "left": {"eh": ("eh", "eh", "ae")},
    "yes": {"eh": ("eh", "eh", "ae")},
}
OWN_TIMING = ("nsh", "ona")  # voices that do not take the lengths of pauses
PAUSE_S = 0.15
LONGEST_WORD_S = 0.95

_LIST_PHONES = """
(voice_ked_diphone)
(define (show word)
  (let ((spoken (utt.synth (eval (list 'Utterance 'Text word)))))
    (format t "%s" word)
    (mapcar (lambda (phone) (format t " %s %f" (item.name phone) (item.feat phone "segment_duration")))
            (utt.relation.items spoken 'Segment))
    (format t "\\n")))
"""
_SAY = """
(define (say segments file) (utt.save.wave (utt.synth (eval (list 'Utterance 'Segments segments))) file 'riff))
"""
_SAY_WORD = """
(define plain hts_engine_params)
(define (say-word phones rate half_tones file)
  (set! hts_engine_params (append (list (list "-r" rate) (list "-fm" half_tones)) plain))
  (lex.add.entry (list file nil (list (list phones 1))))
  (utt.save.wave (utt.synth (eval (list 'Utterance 'Words (list file)))) file 'riff))
"""


def run_scheme(text, folder):
    """Runs a program of festival's Scheme in `folder`; returns whether it ended well and what it printed."""
    program = pathlib.Path(folder) / "program.scm"
    program.write_text(text)
    done = subprocess.run(["festival", "-b", program.name], cwd=folder, capture_output=True, text=True)
    return done.returncode == 0, done.stdout


def word_phones(words):
    """word -> [(American phone, seconds)], without the pauses, from ked's lexicon and duration model."""
    calls = "".join(f'(show "{word}")\n' for word in sorted(set(words)))
    with tempfile.TemporaryDirectory() as folder:
        _, printed = run_scheme(_LIST_PHONES + calls, folder)
    spoken = {}
    for word, *fields in map(str.split, printed.splitlines()):
        pairs = zip(fields[::2], map(float, fields[1::2]))
        spoken[word] = [(phone, seconds) for phone, seconds in pairs if phone != "pau"]
    return spoken


def replaced(phone, seconds, ways, rng):
    """What stands for a phone, its time shared out; the first of two takes a little more."""
    parts = ways[rng.integers(len(ways))]
    share = np.linspace(1.2, 0.8, len(parts)) if len(parts) > 1 else np.ones(len(parts))
    return [(part, seconds * weight / len(parts)) for part, weight in zip(parts, share)]


def accented(word, spoken, table, rng):
    """[(phone of the voice, seconds)] of a word, with an English vowel drawn first."""
    drawn = []
    for phone, seconds in spoken[word]:
        choices = PRONUNCIATIONS.get(word, {}).get(phone, (phone,))
        drawn += replaced(phone, seconds, [tuple(way.split()) for way in choices], rng)
    if table is None:
        return drawn
    return [part for phone, seconds in drawn for part in replaced(phone, seconds, table[phone], rng)]


def melody(times_s, pitch_hz, rng):
    """A pitch for each time: around the mean, falling, rising, or rising and falling."""
    position = times_s / max(times_s[-1], 1e-3)
    slope, bow = rng.normal(-0.12, 0.15), rng.normal(0.06, 0.1)
    return pitch_hz * (1.0 + slope * (position - 0.5) + bow * 4.0 * position * (1.0 - position))


def diphone_call(word, spoken, file, rng, voice):
    """Scheme that says a word, and the vocal tract's length that the samples are to be resampled by."""
    _, mean_hz, pause, table = DIPHONE_VOICES[voice]
    segments = accented(word, spoken, phones.parse(table) if table else None, rng)
    tract = rng.uniform(0.87, 1.15)
    tempo = np.exp(rng.normal(0.1, 0.25)) * max(1.0, 0.25 / sum(seconds for _, seconds in segments))
    stretch = tempo * np.exp(rng.normal(0.0, 0.15, len(segments)))
    seconds = np.maximum(np.array([length for _, length in segments]) * stretch, 0.03)
    seconds *= min(1.0, LONGEST_WORD_S / seconds.sum()) / tract
    middles = np.cumsum(seconds) - seconds / 2
    pitches = melody(middles, mean_hz * tract * np.exp(rng.normal(0.0, 0.15)), rng)
    listed = [f"({pause} {PAUSE_S})"]
    listed += [f"({p[0]} {s:.4f} ({s / 2:.4f} {hz:.1f}))" for p, s, hz in zip(segments, seconds, pitches)]
    return f"(say '({' '.join(listed)} ({pause} {PAUSE_S})) \"{file}\")\n", tract


def ona_call(word, spoken, file, rng):
    """As diphone_call for the statistical voice."""
    said = " ".join(phone for phone, _ in accented(word, spoken, phones.parse(phones.CATALAN), rng))
    tract = rng.uniform(0.87, 1.15)
    rate, half_tones = rng.uniform(0.9, 1.8) * tract, rng.uniform(-4.0, 3.0)
    return f"(say-word '({said}) {rate:.3f} {half_tones:.2f} \"{file}\")\n", tract


def speak_all(words, voice, spoken, rngs):
    """[samples] of the words; None for one that the voice cannot say, since a diphone that it needs is missing."""
    call = ona_call if voice == "ona" else functools.partial(diphone_call, voice=voice)
    calls = [call(word, spoken=spoken, file=f"w{row}.wav", rng=rng) for row, (word, rng) in enumerate(zip(words, rngs))]
    start = f"({ONA})\n{_SAY_WORD}" if voice == "ona" else f"({DIPHONE_VOICES[voice][0]})\n{_SAY}"
    pause_s = 0.0 if voice in OWN_TIMING else PAUSE_S
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder) / f"w{row}.wav" for row in range(len(words))]
        first = 0
        while first < len(words) and not run_scheme(start + "".join(text for text, _ in calls[first:]), folder)[0]:
            first += next((row for row, file in enumerate(files[first:]) if not file.exists()), len(files)) + 1
        if not any(file.exists() for file in files):
            raise RuntimeError(f"festival says nothing as {voice}; `scripts/setup --training` installs its voices")
        return [finished(file, pause_s, tract) if file.exists() else None for file, (_, tract) in zip(files, calls)]


def finished(path, pause_s, tract):
    """The word alone; the middle of the pauses goes first, since some voices hiss there. None for silence."""
    samples, rate = read_speech(path)
    pause = int(0.7 * pause_s * rate)
    samples = samples[pause : samples.size - pause]
    if not np.any(samples):
        return None
    samples = trim(samples)
    return resample(samples, int(samples.size * SAMPLE_RATE_HZ / rate * tract))
