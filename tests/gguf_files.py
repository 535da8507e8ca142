# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes decoders in GGUF, by its specification: metadata, tensors and the tokenizer within."""
import struct

import numpy

from huggingface import as_bfloat16

NAMES = {"attention_norm": "attn_norm", "query": "attn_q", "key": "attn_k", "value": "attn_v", "projection": "attn_output",
         "feed_norm": "ffn_norm", "gate": "ffn_gate", "down": "ffn_down", "up": "ffn_up"}
GPT2 = {"wte": "token_embd", "wpe": "position_embd", "ln_f": "output_norm", "ln_1": "attn_norm", "attn.c_attn": "attn_qkv",
        "attn.c_proj": "attn_output", "ln_2": "ffn_norm", "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down"}
TYPES = {"F32": 0, "F16": 1, "Q4_0": 2, "Q8_0": 8, "BF16": 30}


def text(value):
    raw = value.encode() if isinstance(value, str) else value
    return struct.pack("<Q", len(raw)) + raw


def value_of(value):
    """The number of its type, and its bytes."""
    if isinstance(value, bool):
        return 7, struct.pack("<?", value)
    if isinstance(value, int):
        return 4, struct.pack("<I", value)
    if isinstance(value, float):
        return 6, struct.pack("<f", value)
    if isinstance(value, (str, bytes)):
        return 8, text(value)
    kinds = [value_of(element) for element in value]
    return 9, struct.pack("<IQ", kinds[0][0] if kinds else 8, len(kinds)) + b"".join(raw for _, raw in kinds)


def in_blocks_of_8(values):
    """Q8_0: an F16 scale and 32 integers, by GGML's rule."""
    blocks = values.astype("<f4").reshape(-1, 32)
    scales = abs(blocks).max(-1, keepdims=True) / numpy.float32(127)
    integers = numpy.rint(numpy.divide(blocks, scales, where=scales > 0, out=numpy.zeros_like(blocks)))
    return numpy.concatenate([scales.astype("<f2").view("u1"), integers.astype("i1").view("u1")], -1)


def in_blocks_of_4(values):
    """Q4_0: an F16 scale and 16 bytes, of which the lower halves are the first 16 elements."""
    blocks = values.astype("<f4").reshape(-1, 32)
    largest = numpy.take_along_axis(blocks, abs(blocks).argmax(-1, keepdims=True), -1)
    scales = largest / numpy.float32(-8)
    integers = numpy.divide(blocks, scales, where=scales != 0, out=numpy.zeros_like(blocks)) + 8.5
    integers = numpy.clip(integers, 0, 15).astype("u1")
    return numpy.concatenate([scales.astype("<f2").view("u1"), integers[:, :16] | integers[:, 16:] << 4], -1)


def stored(values, dtype):
    """Bytes, and the reals that they stand for."""
    if dtype == "F32":
        return values.astype("<f4").tobytes(), values.astype("<f4")
    if dtype == "F16":
        return values.astype("<f2").tobytes(), values.astype("<f2").astype("<f4")
    if dtype == "BF16":
        upper = as_bfloat16(values)
        return upper.tobytes(), (upper.astype("<u4") << 16).view("<f4")
    raw = {"Q8_0": in_blocks_of_8, "Q4_0": in_blocks_of_4}[dtype](values)
    scales = raw[:, :2].copy().view("<f2").astype("<f4")
    integers = raw[:, 2:].view("i1") if dtype == "Q8_0" else numpy.concatenate(
        [(raw[:, 2:] & 15), (raw[:, 2:] >> 4)], -1).astype("<i4") - 8
    return raw.tobytes(), (scales * integers).astype("<f4").reshape(values.shape)


def write(path, metadata, tensors, dtype="F32", version=3, alignment=32):
    """Matrices in the type, vectors in F32. Returns the reals that the tensors stand for."""
    head, infos, data, reals = b"", b"", b"", {}
    for name, value in metadata.items():
        kind, raw = value_of(value)
        head += text(name) + struct.pack("<I", kind) + raw
    for name, values in tensors.items():
        kind = dtype if values.ndim > 1 else "F32"
        raw, reals[name] = stored(values, kind)
        infos += text(name) + struct.pack(f"<I{values.ndim}QIQ", values.ndim, *values.shape[::-1], TYPES[kind], len(data))
        data += raw + bytes(-len(raw) % alignment)
    start = b"GGUF" + struct.pack("<IQQ", version, len(tensors), len(metadata)) + head + infos
    path.write_bytes(start + bytes(-len(start) % alignment) + data)
    return reals


def llama_of(model):
    """Metadata and tensors of a llama2c.Checkpoint, whose pairs are neighbours as they are here."""
    metadata = {"general.architecture": "llama", "general.name": "small", "llama.block_count": int(model.layers),
                "llama.context_length": int(model.positions), "llama.embedding_length": int(model.width),
                "llama.feed_forward_length": int(model.hidden), "llama.attention.head_count": int(model.heads),
                "llama.attention.head_count_kv": int(model.kv_heads), "llama.attention.layer_norm_rms_epsilon": 1e-5,
                "llama.rope.freq_base": 10000.0, "llama.rope.dimension_count": int(model.size)}
    tensors = {"token_embd.weight": model.weights["embedding"], "output_norm.weight": model.weights["final_norm"]}
    for layer in range(model.layers):
        tensors |= {f"blk.{layer}.{name}.weight": model.weights[kind][layer] for kind, name in NAMES.items()}
    return metadata, tensors


def gpt2_of(config, tensors):
    """Of a GPT-2 of huggingface.py, whose layers have inputs first there and outputs here."""
    metadata = {"general.architecture": "gpt2", "gpt2.block_count": config["n_layer"], "gpt2.context_length": config["n_positions"],
                "gpt2.embedding_length": config["n_embd"], "gpt2.feed_forward_length": 4 * config["n_embd"],
                "gpt2.attention.head_count": config["n_head"],
                "gpt2.attention.layer_norm_epsilon": config["layer_norm_epsilon"]}
    named = {}
    for name, values in tensors.items():
        layer, inner = ("", name) if name[0] != "h" else (f"blk.{name.split('.')[1]}.", name.split(".", 2)[2])
        inner, end = inner.rsplit(".", 1)
        named[f"{layer}{GPT2[inner]}.{end}"] = values.T if layer and values.ndim == 2 else values
    return metadata, named


def tokenizer_of(pieces, names):
    """SentencePiece's pieces with scores, as a Llama has them within."""
    kinds = [2, 3, 3] + [6] * 256 + [1] * (len(names) - 259)
    return {"tokenizer.ggml.model": "llama", "tokenizer.ggml.tokens": names, "tokenizer.ggml.token_type": kinds,
            "tokenizer.ggml.scores": [float(score) for _, score in pieces], "tokenizer.ggml.bos_token_id": 1,
            "tokenizer.ggml.eos_token_id": 2}
