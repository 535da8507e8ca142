# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Decoders in the files that people have them in: the same weights give the same logits, whichever file they are from."""
import json

import numpy
import pytest

import gguf_files
import huggingface
import llama2c
from conftest import REFUSED, shared, tinymlc, tinymlc_json
from decoders import any_tokens, library, steps

STORIES, TOKENIZER = "models/llm/stories260K.bin", "models/llm/tok512.bin"
TOKENS = any_tokens(11, 40)
PLACES = llama2c.places(40, 64)


@pytest.fixture(name="small", scope="module")
def small_checkpoint(tmp_path_factory):
    """A random checkpoint of llama2.c, and the logits that it gives."""
    folder = tmp_path_factory.mktemp("small")
    path = llama2c.write(folder / "model.bin", numpy.random.default_rng(3))
    return llama2c.read(path), steps(path, TOKENS, PLACES, folder)


def check(path, expected, folder, tolerance=1e-5):
    ours = steps(path, TOKENS, PLACES, folder)
    numpy.testing.assert_allclose(ours, expected, atol=tolerance * abs(expected).max())


def test_a_folder_of_llama_is_its_checkpoint(small, tmp_path):
    model, expected = small
    config, tensors = huggingface.llama_of(model)
    check(huggingface.save(tmp_path / "one", config, tensors), expected, tmp_path)
    check(tmp_path / "one/model.safetensors", expected, tmp_path)
    check(huggingface.save_in_parts(tmp_path / "parts", config, tensors), expected, tmp_path)
    bare = {name.removeprefix("model."): values for name, values in tensors.items()}
    check(huggingface.save(tmp_path / "bare", config, bare), expected, tmp_path)


def test_files_of_the_safetensors_library_are_read(small, tmp_path):
    model, expected = small
    config, tensors = huggingface.llama_of(model)
    folder = huggingface.save(tmp_path / "theirs", config, {})
    library("safetensors.numpy").save_file({name: numpy.ascontiguousarray(values, "<f4") for name, values in tensors.items()},
                                           folder / "model.safetensors", metadata={"format": "pt"})
    check(folder, expected, tmp_path)


@pytest.mark.parametrize("dtype", ["F16", "BF16"])
def test_narrow_weights_are_what_they_stand_for(small, dtype, tmp_path):
    config, tensors = huggingface.llama_of(small[0])
    narrow = {"F16": lambda v: v.astype("<f2"),
              "BF16": lambda v: (huggingface.as_bfloat16(v).astype("<u4") << 16).view("<f4")}[dtype]
    wide = steps(huggingface.save(tmp_path / "wide", config, {name: narrow(v).astype("<f4") for name, v in tensors.items()}),
                 TOKENS, PLACES, tmp_path)
    ours = steps(huggingface.save(tmp_path / "narrow", config, tensors, dtype), TOKENS, PLACES, tmp_path)
    numpy.testing.assert_array_equal(ours, wide)


def test_all_that_a_llama_may_have(tmp_path):
    config, tensors = huggingface.any_llama(numpy.random.default_rng(4))
    check(huggingface.save(tmp_path / "any", config, tensors), huggingface.llama_logits(config, tensors, TOKENS), tmp_path, 1e-4)


@pytest.mark.parametrize("more", [{}, {"activation_function": "gelu", "n_inner": 20}])
def test_gpt2_is_its_whole_pass(more, tmp_path):
    config, tensors = huggingface.any_gpt2(numpy.random.default_rng(5), **more)
    expected = huggingface.gpt2_logits(config, tensors, TOKENS)
    folder = huggingface.save(tmp_path / "gpt2", config, {f"transformer.{name}": values for name, values in tensors.items()})
    check(folder, expected, tmp_path, 1e-4)
    in_blocks = steps(folder, TOKENS, llama2c.places(40, 40, block=5), tmp_path, block=5)
    numpy.testing.assert_allclose(in_blocks, expected, atol=1e-4 * abs(expected).max())
    short = steps(folder, TOKENS[:24], llama2c.places(24, 24), tmp_path, "--window", 24)
    numpy.testing.assert_allclose(short, expected[:24], atol=1e-4 * abs(expected).max())


def test_gpt2_in_int8_reads_as_float_does(tmp_path):
    config, tensors = huggingface.any_gpt2(numpy.random.default_rng(6), width=32)
    folder = huggingface.save(tmp_path / "gpt2", config, tensors)
    exact = steps(folder, TOKENS, PLACES, tmp_path)
    noise = steps(folder, TOKENS, PLACES, tmp_path, "--quantize", "int8") - exact
    assert 10 * numpy.log10((exact**2).mean() / (noise**2).mean()) > 25


@pytest.mark.long
@pytest.mark.parametrize("activation", ["gelu_new", "gelu"])
def test_gpt2_in_int8_has_the_same_bits_on_the_board(activation, tmp_path):
    config, tensors = huggingface.any_gpt2(numpy.random.default_rng(8), width=32, activation_function=activation)
    folder = huggingface.save(tmp_path / "gpt2", config, tensors)
    outputs = [steps(folder, TOKENS, PLACES, tmp_path, "--quantize", "int8", "--target", target) for target in ("host", "mps2-an500")]
    numpy.testing.assert_array_equal(*outputs)


@pytest.mark.parametrize("options", [["--window", 41], ["--window", 8, "--sinks", 2], ["--sinks", 1]])
def test_learned_positions_end_with_their_table(options, tmp_path):
    folder = huggingface.save(tmp_path / "gpt2", *huggingface.any_gpt2(numpy.random.default_rng(7)))
    refused = tinymlc("inspect", folder, "--after", "import", *options, code=REFUSED).stderr
    assert "learned 40 positions" in refused


@pytest.mark.parametrize("version, alignment", [(2, 32), (3, 64)])
def test_a_llama_in_gguf_is_its_checkpoint(small, version, alignment, tmp_path):
    """Bit for bit: nothing is turned."""
    model, expected = small
    metadata, tensors = gguf_files.llama_of(model)
    gguf_files.write(tmp_path / "model.gguf", metadata | {"general.alignment": alignment}, tensors, "F32", version, alignment)
    numpy.testing.assert_array_equal(steps(tmp_path / "model.gguf", TOKENS, PLACES, tmp_path), expected)


@pytest.mark.parametrize("dtype", ["F16", "BF16", "Q8_0", "Q4_0"])
def test_blocks_of_gguf_are_what_they_stand_for(dtype, tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(9), width=32, hidden=64)
    metadata, tensors = gguf_files.llama_of(llama2c.read(path))
    reals = gguf_files.write(tmp_path / "narrow.gguf", metadata, tensors, dtype)
    gguf_files.write(tmp_path / "wide.gguf", metadata, reals)
    ours, wide = (steps(tmp_path / name, TOKENS, PLACES, tmp_path) for name in ("narrow.gguf", "wide.gguf"))
    numpy.testing.assert_array_equal(ours, wide)


@pytest.mark.parametrize("dtype", ["F32", "F16", "BF16", "Q8_0", "Q4_0"])
def test_files_of_the_gguf_library_are_read(dtype, tmp_path):
    """Its own quantisation, and its own reading of that."""
    gguf = library("gguf")
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(10), width=32, hidden=64)
    model = llama2c.read(path)
    writer, reals = gguf.GGUFWriter(tmp_path / "theirs.gguf", "llama"), {}
    writer.add_block_count(int(model.layers))
    writer.add_context_length(int(model.positions))
    writer.add_embedding_length(int(model.width))
    writer.add_feed_forward_length(int(model.hidden))
    writer.add_head_count(int(model.heads))
    writer.add_head_count_kv(int(model.kv_heads))
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    metadata, tensors = gguf_files.llama_of(model)
    for name, values in tensors.items():
        kind = gguf.GGMLQuantizationType[dtype if values.ndim > 1 else "F32"]
        raw = gguf.quants.quantize(values.astype("<f4"), kind)
        reals[name] = gguf.quants.dequantize(raw, kind)
        writer.add_tensor(name, raw, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    gguf_files.write(tmp_path / "wide.gguf", metadata, reals)
    ours, wide = (steps(tmp_path / name, TOKENS, PLACES, tmp_path) for name in ("theirs.gguf", "wide.gguf"))
    numpy.testing.assert_array_equal(ours, wide)


def test_gpt2_in_gguf_is_its_folder(tmp_path):
    config, tensors = huggingface.any_gpt2(numpy.random.default_rng(11))
    expected = steps(huggingface.save(tmp_path / "gpt2", config, tensors), TOKENS, PLACES, tmp_path)
    gguf_files.write(tmp_path / "gpt2.gguf", *gguf_files.gpt2_of(config, tensors))
    numpy.testing.assert_array_equal(steps(tmp_path / "gpt2.gguf", TOKENS, PLACES, tmp_path), expected)


GGUF_CHANGES = {
    "'llama.rope.scaling.type' yarn": {"llama.rope.scaling.type": "yarn"},
    "'llama.expert_count'": {"llama.expert_count": 8},
    "'llama.rope.dimension_count' 2 of 4": {"llama.rope.dimension_count": 2},
    "no 'llama.block_count'": {"llama.block_count": None},
    "the architecture 'qwen2'": {"general.architecture": "qwen2"},
    "'general.alignment' is 24": {"general.alignment": 24},
}


@pytest.mark.parametrize("reason", GGUF_CHANGES)
def test_what_is_not_done_in_gguf_is_refused_by_name(small, reason, tmp_path):
    metadata, tensors = gguf_files.llama_of(small[0])
    changed = {name: value for name, value in (metadata | GGUF_CHANGES[reason]).items() if value is not None}
    gguf_files.write(tmp_path / "model.gguf", changed, tensors)
    assert reason in tinymlc("inspect", tmp_path / "model.gguf", "--after", "import", code=REFUSED).stderr


CHANGES = {
    "'rope_scaling' of the type \"linear\"": {"rope_scaling": {"type": "linear", "factor": 2.0}},
    "'sliding_window'": {"sliding_window": 16},
    "'hidden_act' gelu": {"hidden_act": "gelu"},
    "no tensor 'lm_head.weight'": {"tie_word_embeddings": False},
    "'model.layers.1.self_attn.q_proj.weight' of model.safetensors is none": {"num_hidden_layers": 1},
    "asks for [11, 32]": {"hidden_size": 32},
    "'BloomForCausalLM'": {"architectures": ["BloomForCausalLM"]},
}


@pytest.mark.parametrize("reason", CHANGES)
def test_what_is_not_done_is_refused_by_name(small, reason, tmp_path):
    config, tensors = huggingface.llama_of(small[0])
    folder = huggingface.save(tmp_path / "model", config | CHANGES[reason], tensors)
    assert reason in tinymlc("inspect", folder, "--after", "import", code=REFUSED).stderr


@pytest.fixture(name="stories", scope="module")
def folder_of_stories(tmp_path_factory):
    folder = huggingface.save(tmp_path_factory.mktemp("stories") / "model", *huggingface.llama_of(llama2c.read(shared(STORIES))))
    huggingface.write_tokenizer(folder / "tokenizer.json", huggingface.pieces_of(shared(TOKENIZER)))
    return folder


def told(model, *options):
    return tinymlc("generate", model, "--steps", 200, *options).stdout


def test_a_folder_tells_the_story_of_its_checkpoint(stories):
    for options in ([], ["--prompt", "One day, Tom", "--window", 64, "--sinks", 4]):
        assert told(stories, *options) == told(shared(STORIES), "--tokenizer", shared(TOKENIZER), *options)


def test_a_model_in_gguf_brings_its_tokenizer(tmp_path):
    metadata, tensors = gguf_files.llama_of(llama2c.read(shared(STORIES)))
    pieces = huggingface.pieces_of(shared(TOKENIZER))
    gguf_files.write(tmp_path / "model.gguf", metadata | gguf_files.tokenizer_of(pieces, huggingface.names_of(pieces)), tensors)
    for options in ([], ["--prompt", "One day, Tom"]):
        assert told(tmp_path / "model.gguf", *options) == told(shared(STORIES), "--tokenizer", shared(TOKENIZER), *options)


def test_a_text_ends_as_the_model_says(stories):
    """At a token that generation_config.json names: here one in the middle of the story."""
    whole = told(stories)
    (token,) = tinymlc("tokenize", stories / "tokenizer.json", " lived").stdout.split()[-1:]
    (stories / "generation_config.json").write_text(json.dumps({"bos_token_id": 1, "eos_token_id": [2, int(token)]}),
                                                    encoding="utf-8")
    cut = told(stories)
    (stories / "generation_config.json").unlink()
    assert whole.startswith(cut[:-1]) and len(cut) < len(whole)


def test_gpt2_tells_a_text_no_longer_than_its_table(tmp_path):
    """With a tokenizer of bytes, which does not put its first token before a prompt."""
    config, tensors = huggingface.any_gpt2(numpy.random.default_rng(8), vocabulary=272, positions=20)
    tensors["wte.weight"][94:257] = 0  # those that are no letters
    tensors["wte.weight"][257:] *= 9  # padding, which the tokenizer does not know
    folder = huggingface.save(tmp_path / "gpt2", config | {"bos_token_id": 256, "eos_token_id": 256}, tensors)
    names = [*map(chr, [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]), *map(chr, range(0x100, 0x144))]
    (folder / "tokenizer.json").write_text(json.dumps({
        "added_tokens": [{"id": 256, "content": "<|endoftext|>"}], "post_processor": {"type": "ByteLevel"},
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False}, "decoder": {"type": "ByteLevel"},
        "model": {"type": "BPE", "vocab": {name: number for number, name in enumerate(names)}, "merges": []}}), encoding="utf-8")
    tokens = [64, 65, 66]
    while len(tokens) < 21:
        tokens.append(int(huggingface.gpt2_logits(config, tensors, numpy.array(tokens))[-1][:257].argmax()))
    text = tinymlc("generate", folder, "--steps", 20, "--prompt", "abc").stdout
    assert text == "".join(names[token] for token in tokens) + "\n"
    for mode, reason in ((["--steps", 21], "the window of 20 tokens is full"), (["--mode", "window"], "has learned positions")):
        assert reason in tinymlc("generate", folder, "--prompt", "abc", *mode, code=REFUSED).stderr


def test_the_manifest_knows_all_files(small, tmp_path):
    config, tensors = huggingface.llama_of(small[0])
    tensors = {name: values.astype("<f4") for name, values in tensors.items()}
    sums = []
    for theta in (10000.0, 500.0):
        folder = huggingface.save(tmp_path / "model", config | {"rope_theta": theta}, tensors)
        tinymlc("compile", folder, "-o", tmp_path / "out")
        sums.append(json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8")))
    assert sums[0] != sums[1]
    assert tinymlc_json("bench", folder, "--target", "host")
