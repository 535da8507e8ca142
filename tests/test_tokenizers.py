# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""`tokenize` runs the device's tokenizers; tokens are those of Hugging Face's tokenizers and of SentencePiece, of
tokenizers that are trained here on words made up at random, and of run.c of llama2.c on the tokenizer of the stories."""
import json
import pathlib
import random
import re
import struct
import subprocess
import sys

import pytest

import gguf_files
from conftest import ROOT, SHARED, TINYMLC, tinymlc

SYLLABLES = ["ba", "lo", "ti", "ra", "ne", "sh", "cu", "ou", "ing", "th", "é", "ñ", "да", "λο", "st"]
PARTS = ["  ", " ", "\n", "\t ", "'s", "'re", " 'll", "’", "12", " 345", "½", "!", "...", " --", "(", "é", "да", "你好", "カナ", "한",
         "😀", "x", " y", "ABC", "\u00a0", "_", "'", " '", "<s>", "▁", "0"]


def library(name):
    """A package of scripts/requirements-tokenizers.txt, or the test is skipped."""
    place = str(ROOT / "build/venv/tokenizers")
    if place not in sys.path:
        sys.path.append(place)
    return pytest.importorskip(name, reason=f"{name} is not there: scripts/setup installs it")


def word(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4)))


def corpus(rng, lines=400):
    return [" ".join(word(rng) for _ in range(rng.randint(2, 12))) + rng.choice([".", "!", "", " 42", "'s"])
            for _ in range(lines)]


def texts(rng, count=150):
    made = ["", " ", "  ", "a", "\n", " a", "a ", "a  b", "1 2  3", "don't we're I'll 'tis", "a\n\n b \n"]
    for _ in range(count):
        made.append("".join(rng.choice(PARTS) if rng.random() < 0.5 else rng.choice(["", " "]) + word(rng)
                            for _ in range(rng.randint(1, 12))))
    return made


def tokenize(tokenizer, *arguments):
    """The tokens of each text. Those after -- may begin with a dash."""
    done = subprocess.run([TINYMLC, "tokenize", tokenizer, "--", *arguments], capture_output=True, text=True, timeout=60,
                          check=False)
    assert done.returncode == 0, done.stderr
    return [[int(token) for token in line.split()] for line in done.stdout.split("\n")[:-1]]


def byte_level(tokenizers, rng, add_prefix_space=False, digits=False):
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    part = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=add_prefix_space)
    if digits:
        part = tokenizers.pre_tokenizers.Sequence([tokenizers.pre_tokenizers.Digits(individual_digits=True), part])
    made.pre_tokenizer = part
    made.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=700, special_tokens=["<|endoftext|>"], show_progress=False,
                                             initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet())
    made.train_from_iterator(corpus(rng), trainer)
    return made


def llama(tokenizers, rng, form):
    """As Llama's converted files have it: `Prepend` and `Replace`, or `Metaspace` with or without words."""
    made = tokenizers.Tokenizer(tokenizers.models.BPE(byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    normalizers, decoders = tokenizers.normalizers, tokenizers.decoders
    if form == "normalizer":
        made.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    else:
        made.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(prepend_scheme="always", split=form == "words")
    made.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                      decoders.Strip(" ", 1, 0)])
    specials = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=700, special_tokens=specials, show_progress=False)
    trained = tokenizers.Tokenizer(tokenizers.models.BPE())
    trained.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    trained.train_from_iterator([line.replace("12", "1") for line in corpus(rng)], trainer)
    model = json.loads(trained.to_str())["model"]
    made.model = tokenizers.models.BPE(model["vocab"], [tuple(pair) for pair in model["merges"]], byte_fallback=True,
                                       fuse_unk=True, unk_token="<unk>")
    made.add_special_tokens(["<unk>", "<s>", "</s>"])
    return made


def check(tokenizer, path, cases):
    tokenizer.save(str(path))
    check_tokens(tokenizer, path, cases)


def check_tokens(tokenizer, path, cases):
    tokenizer.encode_special_tokens = True  # text that spells one is text
    wanted = [tokenizer.encode(text, add_special_tokens=False).ids for text in cases]
    for text, ours, theirs in zip(cases, tokenize(path, *cases), wanted, strict=True):
        assert ours == theirs, repr(text)
    assert sum(map(len, wanted)) < 0.8 * sum(len(text.encode()) for text in cases), "hardly anything was merged"


@pytest.mark.parametrize("options", [{}, {"add_prefix_space": True}, {"digits": True}])
def test_byte_level_tokenizers_are_those_of_hugging_face(tmp_path, options):
    rng = random.Random(len(str(options)))
    cases = [text for text in texts(rng, 300) if text]
    check(byte_level(library("tokenizers"), rng, **options), tmp_path / "tokenizer.json", cases)


@pytest.mark.parametrize("form", ["normalizer", "metaspace", "words"])
def test_llama_tokenizers_are_those_of_hugging_face(tmp_path, form):
    rng = random.Random(len(form))
    check(llama(library("tokenizers"), rng, form), tmp_path / "tokenizer.json", texts(rng, 300))


def sentencepiece_as_llama2c(sentencepiece, rng, folder):
    """A trained model, and its export as tokenizer.py of llama2.c writes it."""
    (folder / "corpus.txt").write_text("\n".join(corpus(rng)), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "corpus.txt"), model_prefix=str(folder / "sp"), vocab_size=500, model_type="bpe",
        character_coverage=0.99, byte_fallback=True, split_digits=True, normalization_rule_name="identity",
        remove_extra_whitespaces=False, allow_whitespace_only_pieces=True, minloglevel=2)
    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sp.model"))
    pieces = []
    for token in range(model.vocab_size()):
        piece = {model.bos_id(): "\n<s>\n", model.eos_id(): "\n</s>\n"}.get(token, model.id_to_piece(token))
        pieces.append((piece.replace("▁", " ").encode(), model.get_score(token)))
    longest = max(len(piece) for piece, _ in pieces)
    (folder / "tokenizer.bin").write_bytes(struct.pack("<i", longest) + b"".join(
        struct.pack("<fi", score, len(piece)) + piece for piece, score in pieces))
    return model


def test_a_tokenizer_of_llama2c_is_that_of_sentencepiece(tmp_path):
    rng = random.Random(7)
    model = sentencepiece_as_llama2c(library("sentencepiece"), rng, tmp_path)
    cases = [text for text in texts(rng, 300) if "▁" not in text]  # which is a space there, and none in llama2.c
    for text, ours in zip(cases, tokenize(tmp_path / "tokenizer.bin", *cases), strict=True):
        assert ours == model.encode(text), repr(text)


@pytest.mark.parametrize("digits", [False, True])
def test_byte_level_tokenizers_in_gguf_are_those_of_hugging_face(tmp_path, digits):
    rng = random.Random(12)
    made = byte_level(library("tokenizers"), rng, digits=digits)
    model = json.loads(made.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    gguf_files.write(tmp_path / "model.gguf", {
        "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "smollm" if digits else "gpt-2", "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [3 if token == "<|endoftext|>" else 1 for token in tokens],
        "tokenizer.ggml.merges": [" ".join(merge) for merge in model["merges"]]}, {})
    check_tokens(made, tmp_path / "model.gguf", [text for text in texts(rng, 300) if text])


def test_a_tokenizer_in_gguf_is_that_of_sentencepiece(tmp_path):
    rng = random.Random(13)
    model = sentencepiece_as_llama2c(library("sentencepiece"), rng, tmp_path)
    names = [model.id_to_piece(token) for token in range(model.vocab_size())]
    kinds = [6 if model.is_byte(token) else 3 if model.is_control(token) else 2 if model.is_unknown(token) else 1
             for token in range(model.vocab_size())]
    scores = [float(model.get_score(token)) for token in range(model.vocab_size())]
    gguf_files.write(tmp_path / "model.gguf", {"tokenizer.ggml.model": "llama", "tokenizer.ggml.tokens": names,
                                               "tokenizer.ggml.scores": scores, "tokenizer.ggml.token_type": kinds}, {})
    cases = texts(rng, 300)
    for text, ours in zip(cases, tokenize(tmp_path / "model.gguf", *cases), strict=True):
        assert ours == model.encode(text), repr(text)


@pytest.mark.parametrize("change, reason", [({"tokenizer.ggml.pre": "llama-bpe"}, "'tokenizer.ggml.pre' llama-bpe"),
                                            ({"tokenizer.ggml.model": "bert"}, 'is "bert", llama and gpt2 are read'),
                                            ({"tokenizer.ggml.merges": ["a b"]}, "merge 0 is not of two tokens"),
                                            ({"tokenizer.ggml.eos_token_id": 300}, "is 300, there are 256 tokens")])
def test_what_is_not_read_of_gguf_is_refused_by_name(tmp_path, change, reason):
    names = [*map(chr, [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]), *map(chr, range(0x100, 0x144))]
    gguf_files.write(tmp_path / "model.gguf", {"tokenizer.ggml.model": "gpt2", "tokenizer.ggml.tokens": names,
                                               "tokenizer.ggml.merges": [], **change}, {})
    assert reason in tinymlc("tokenize", tmp_path / "model.gguf", code=2).stderr


def run_c(path):
    """encode() of run.c: strings, and a search of all pairs for each merge."""
    data, at, pieces = path.read_bytes(), 4, []
    while at < len(data):
        score, length = struct.unpack_from("<fi", data, at)
        pieces.append((data[at + 8:at + 8 + length], score))
        at += 8 + length
    numbers = {piece: number for number, (piece, _) in reversed(list(enumerate(pieces)))}

    def encode(text):
        tokens = [numbers[b" "]] if text else []
        for character in text:
            known = numbers.get(character.encode())
            tokens += [known] if known is not None else [byte + 3 for byte in character.encode()]
        while True:
            merges = [(pieces[numbers[both]][1], -at) for at in range(len(tokens) - 1)
                      if (both := pieces[tokens[at]][0] + pieces[tokens[at + 1]][0]) in numbers]
            if not merges:
                return tokens
            at = -max(merges)[1]
            tokens[at:at + 2] = [numbers[pieces[tokens[at]][0] + pieces[tokens[at + 1]][0]]]
    return encode


def test_the_tokenizer_of_the_stories_is_that_of_llama2c():
    path = SHARED / "models/llm/tok512.bin"
    if not path.exists():
        pytest.skip(f"needs {path}")
    encode, rng = run_c(path), random.Random(8)
    cases = texts(rng) + ["Once upon a time, there was a little girl named Lily. She said, “Oh!”\n"]
    for text, ours in zip(cases, tokenize(path, *cases), strict=True):
        assert ours == encode(text), repr(text)


CHANGES = {
    "Unigram": lambda file: file["model"].update(type="Unigram"),
    "ignore_merges": lambda file: file["model"].update(ignore_merges=True),
    "end_of_word_suffix": lambda file: file["model"].update(end_of_word_suffix="</w>"),
    "NFC": lambda file: file.update(normalizer={"type": "NFC"}),
    "Split": lambda file: file.update(pre_tokenizer={"type": "Split", "pattern": {"Regex": "a"}}),
    "use_regex": lambda file: file["pre_tokenizer"].update(use_regex=False),
    "byte 0x41 has no token": lambda file: file["model"]["vocab"].pop("A"),
    "merge 0 is not of two tokens": lambda file: file["model"]["merges"].insert(0, ["A", "☃"]),
    "has the number 70000": lambda file: file["model"]["vocab"].update(A=70000),
}


@pytest.mark.parametrize("reason", CHANGES)
def test_what_the_device_does_not_do_is_refused_by_name(tmp_path, reason):
    made = byte_level(library("tokenizers"), random.Random(9))
    file = json.loads(made.to_str())
    CHANGES[reason](file)
    path = pathlib.Path(tmp_path / "tokenizer.json")
    path.write_text(json.dumps(file), encoding="utf-8")
    assert reason in tinymlc("tokenize", path, code=2).stderr


def test_classes_of_characters_are_those_of_the_expression():
    """Every character that the device knows, asked of the library that runs GPT-2's expression there."""
    tokenizers = library("tokenizers")
    header = (ROOT / "src/tmc/stream/character_class.hpp").read_text(encoding="utf-8")
    table = header[header.index("kCharacterClasses[] = {"):header.index("};", header.index("kCharacterClasses[]"))]
    entries = [int(entry, 16) for entry in re.findall(r"0x[0-9A-F]+", table)]
    bounds = [entry >> 3 for entry in entries] + [0x110000]
    known = {chr(character): entry & 7 for entry, begin, end in zip(entries, bounds, bounds[1:], strict=False)
             for character in range(begin, end) if entry & 7 != 4}
    text = "".join(known)
    for kind, expression in enumerate([r"[^\s\p{L}\p{N}]", r"\p{L}", r"\p{N}", r"\s"]):
        split = tokenizers.pre_tokenizers.Split(tokenizers.Regex(expression), "removed")
        others = "".join(piece for piece, _ in split.pre_tokenize_str(text))
        ours = "".join(character for character, its_kind in known.items() if its_kind != kind)
        unlike = [f"U+{ord(character):04X}" for character in set(others) ^ set(ours)]
        assert not unlike, (expression, sorted(unlike)[:20], len(unlike))


def test_text_of_other_scripts_is_refused(tmp_path):
    made = byte_level(library("tokenizers"), random.Random(9))
    made.save(str(tmp_path / "tokenizer.json"))
    assert "script" in tinymlc("tokenize", tmp_path / "tokenizer.json", "नमस्ते", code=2).stderr
