#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes the tokenizer from the texts that are learned, and writes all texts as tokens.

  prepare.py Rdata.rdb TOKENS.npz      needs numpy and tokenizers (scripts/requirements-tokenizers.txt)

TOKENS.npz holds `learned` and `held_out`, uint16, each chapter behind one <|endoftext|>, which begins a text, and
the number of characters of the held out ones. These are written beside it as TOKENS.held_out.txt; tokenizer.json is
written into this folder.
"""

import argparse
import pathlib

import numpy
import tokenizers

import texts

FOLDER = pathlib.Path(__file__).parent
END = "<|endoftext|>"
VOCABULARY = 1024


def make_tokenizer(learned):
    """Bytes as GPT-2 has them; each of the 256 is a token."""
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=VOCABULARY, special_tokens=[END], initial_alphabet=alphabet,
                                             show_progress=False)
    made.train_from_iterator(learned, trainer)
    begin = [(END, made.token_to_id(END))]
    made.post_processor = tokenizers.processors.TemplateProcessing(single=f"{END} $A", special_tokens=begin)
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("novels", type=pathlib.Path)
    parser.add_argument("tokens", type=pathlib.Path)
    arguments = parser.parse_args()
    learned, held_out = texts.parts(arguments.novels)
    tokenizer = make_tokenizer(learned)
    tokenizer.save(str(FOLDER / "tokenizer.json"))
    for name, chapters in {"learned": learned, "held out": held_out}.items():
        print(f"{name}: {len(chapters)} chapters, {sum(map(len, chapters)):,} characters")
    tokens = {name: numpy.array([token for encoded in tokenizer.encode_batch(chapters) for token in encoded.ids], numpy.uint16)
              for name, chapters in {"learned": learned, "held_out": held_out}.items()}
    print(", ".join(f"{name}: {len(values):,} tokens" for name, values in tokens.items()))
    text = END.join(held_out)
    arguments.tokens.with_suffix(".held_out.txt").write_text(text, encoding="utf-8")
    numpy.savez_compressed(arguments.tokens, **tokens, held_out_characters=sum(map(len, held_out)))


if __name__ == "__main__":
    main()
