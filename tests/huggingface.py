# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Decoders as Hugging Face's transformers save them: writers of small ones, and what they compute, in numpy, all tokens at once."""
import json
import math
import struct

import numpy

import llama2c

KINDS = {"attention_norm": "input_layernorm", "query": "self_attn.q_proj", "key": "self_attn.k_proj",
         "value": "self_attn.v_proj", "projection": "self_attn.o_proj", "feed_norm": "post_attention_layernorm",
         "gate": "mlp.gate_proj", "up": "mlp.up_proj", "down": "mlp.down_proj"}


def as_bfloat16(values):
    """The upper halves, rounded to even."""
    bits = values.astype("<f4").view("<u4")
    return ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype("<u2")


def write_safetensors(path, tensors, dtype="F32"):
    header, data = {}, b""
    for name, values in tensors.items():
        raw = {"F32": lambda v: v.astype("<f4"), "F16": lambda v: v.astype("<f2"), "BF16": as_bfloat16}[dtype](values).tobytes()
        header[name] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def save(folder, config, tensors, dtype="F32"):
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    write_safetensors(folder / "model.safetensors", tensors, dtype)
    return folder


def save_in_parts(folder, config, tensors, parts=3):
    """In several files, with their index."""
    save(folder, config, {})
    (folder / "model.safetensors").unlink()
    files = {}
    for part in range(parts):
        name = f"model-{part + 1:05}-of-{parts:05}.safetensors"
        some = dict(list(tensors.items())[part::parts])
        write_safetensors(folder / name, some)
        files.update(dict.fromkeys(some, name))
    (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": files}), encoding="utf-8")
    return folder


def in_halves(weight, heads):
    """Rows of pairs 2i and 2i + 1 of a head to i and i + size / 2."""
    return weight.reshape(heads, -1, 2, weight.shape[-1]).transpose(0, 2, 1, 3).reshape(weight.shape)


def llama_of(model):
    """The configuration and tensors of a llama2c.Checkpoint."""
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": model.width,
              "intermediate_size": model.hidden, "num_hidden_layers": model.layers, "num_attention_heads": model.heads,
              "num_key_value_heads": model.kv_heads, "vocab_size": model.vocabulary, "max_position_embeddings": model.positions,
              "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "rope_scaling": None, "hidden_act": "silu", "attention_bias": False,
              "tie_word_embeddings": True, "torch_dtype": "float32", "bos_token_id": 1, "eos_token_id": 2}
    config = {name: value.item() if isinstance(value, numpy.integer) else value for name, value in config.items()}
    tensors = {"model.embed_tokens.weight": model.weights["embedding"]}
    for layer in range(model.layers):
        for kind, name in KINDS.items():
            weight = model.weights[kind][layer]
            heads = {"query": model.heads, "key": model.kv_heads}.get(kind)
            tensors[f"model.layers.{layer}.{name}.weight"] = in_halves(weight, heads) if heads else weight
    tensors["model.norm.weight"] = model.weights["final_norm"]
    return config, tensors


def in_pairs(weight, heads):
    """The way back."""
    return weight.reshape(heads, 2, -1, weight.shape[-1]).transpose(0, 2, 1, 3).reshape(weight.shape)


def checkpoint_of(folder):
    """A llama whose classifier is its embedding, in F16, as llama2c.Checkpoint."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    data = (folder / "model.safetensors").read_bytes()
    (size,) = struct.unpack_from("<Q", data)
    tensors = {}
    for name, told in json.loads(data[8:8 + size]).items():
        begin, end = (8 + size + at for at in told["data_offsets"])
        tensors[name] = numpy.frombuffer(data[begin:end], "<f2").astype(float).reshape(told["shape"])
    layers, heads, kv_heads = (config[f"num_{what}"] for what in ("hidden_layers", "attention_heads", "key_value_heads"))
    weights = {kind: numpy.stack([tensors[f"model.layers.{layer}.{name}.weight"] for layer in range(layers)])
               for kind, name in KINDS.items()}
    for kind, count in (("query", heads), ("key", kv_heads)):
        weights[kind] = numpy.stack([in_pairs(weight, count) for weight in weights[kind]])
    weights |= {"embedding": tensors["model.embed_tokens.weight"], "final_norm": tensors["model.norm.weight"]}
    return llama2c.Checkpoint(config["hidden_size"], config["intermediate_size"], layers, heads, kv_heads, config["vocab_size"],
                              config["max_position_embeddings"], weights)


def turn_halves(x, theta):
    """[tokens, heads, size] by the angles of their positions."""
    size = x.shape[-1]
    angles = numpy.arange(len(x))[:, None, None] * theta ** (-numpy.arange(0, size, 2) / size)
    first, second = x[..., :size // 2], x[..., size // 2:]
    return numpy.concatenate([first * numpy.cos(angles) - second * numpy.sin(angles),
                              first * numpy.sin(angles) + second * numpy.cos(angles)], -1)


def attention(query, key, value):
    """Causal, of [tokens, heads, size]; heads of keys are shared."""
    shared = query.shape[1] // key.shape[1]
    scores = numpy.einsum("qhd,khd->hqk", query, key.repeat(shared, 1)) / numpy.sqrt(query.shape[-1])
    scores = numpy.where(numpy.tri(len(query), dtype=bool), scores, -numpy.inf)
    shares = numpy.exp(scores - scores.max(-1, keepdims=True))
    mean = numpy.einsum("hqk,khd->qhd", shares / shares.sum(-1, keepdims=True), value.repeat(shared, 1))
    return mean.reshape(len(query), -1)


def any_llama(rng, width=16, hidden=24, layers=2, heads=4, kv_heads=2, size=6, vocabulary=11, positions=64):
    """One with all that a configuration may say: heads that are no part of the width, biases, a classifier, another theta."""
    config = {"architectures": ["LlamaForCausalLM"], "hidden_size": width, "intermediate_size": hidden, "head_dim": size,
              "num_hidden_layers": layers, "num_attention_heads": heads, "num_key_value_heads": kv_heads,
              "vocab_size": vocabulary, "max_position_embeddings": positions, "rms_norm_eps": 1e-3, "attention_bias": True,
              "mlp_bias": True, "rope_parameters": {"rope_theta": 500.0, "rope_type": "default"}}
    shapes = {"self_attn.q_proj": (heads * size, width), "self_attn.k_proj": (kv_heads * size, width),
              "self_attn.v_proj": (kv_heads * size, width), "self_attn.o_proj": (width, heads * size),
              "mlp.gate_proj": (hidden, width), "mlp.up_proj": (hidden, width), "mlp.down_proj": (width, hidden)}
    tensors = {"model.embed_tokens.weight": (vocabulary, width), "model.norm.weight": (width,),
               "lm_head.weight": (vocabulary, width)}
    for layer in range(layers):
        at = f"model.layers.{layer}."
        tensors |= {at + "input_layernorm.weight": (width,), at + "post_attention_layernorm.weight": (width,)}
        for name, shape in shapes.items():
            tensors |= {f"{at}{name}.weight": shape, f"{at}{name}.bias": shape[:1]}
    return config, {name: rng.normal(0, 0.6, shape).astype(numpy.float32) for name, shape in tensors.items()}


def llama_logits(config, tensors, tokens):
    """Of a model of any_llama."""
    def product(name, x):
        return x @ tensors[f"{name}.weight"].astype(float).T + tensors[f"{name}.bias"]

    def normal(name, x):
        return x / numpy.sqrt((x * x).mean(-1, keepdims=True) + config["rms_norm_eps"]) * tensors[name]

    theta, count = config["rope_parameters"]["rope_theta"], len(tokens)
    x = tensors["model.embed_tokens.weight"][tokens].astype(float)
    for layer in range(config["num_hidden_layers"]):
        at = f"model.layers.{layer}."
        inner = normal(at + "input_layernorm.weight", x)
        query, key, value = (product(at + f"self_attn.{part}_proj", inner).reshape(count, -1, config["head_dim"]) for part in "qkv")
        x = x + product(at + "self_attn.o_proj", attention(turn_halves(query, theta), turn_halves(key, theta), value))
        inner = normal(at + "post_attention_layernorm.weight", x)
        gate = product(at + "mlp.gate_proj", inner)
        x = x + product(at + "mlp.down_proj", gate / (1 + numpy.exp(-gate)) * product(at + "mlp.up_proj", inner))
    return normal("model.norm.weight", x) @ tensors["lm_head.weight"].astype(float).T


def any_gpt2(rng, width=16, layers=2, heads=4, vocabulary=11, positions=40, spread=0.3, **more):
    """A random one, whose layers have inputs first."""
    config = {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "n_embd": width, "n_layer": layers, "n_head": heads,
              "vocab_size": vocabulary, "n_positions": positions, "n_ctx": positions, "layer_norm_epsilon": 1e-3,
              "activation_function": "gelu_new", "bos_token_id": 0, "eos_token_id": 0, **more}
    hidden = config.get("n_inner") or 4 * width
    shapes = {"wte.weight": (vocabulary, width), "wpe.weight": (positions, width), "ln_f.weight": (width,), "ln_f.bias": (width,)}
    for layer in range(layers):
        for name, shape in {"ln_1": (width,), "attn.c_attn": (width, 3 * width), "attn.c_proj": (width, width), "ln_2": (width,),
                            "mlp.c_fc": (width, hidden), "mlp.c_proj": (hidden, width)}.items():
            shapes |= {f"h.{layer}.{name}.weight": shape, f"h.{layer}.{name}.bias": shape[-1:]}
    tensors = {name: rng.normal(0, spread, shape).astype(numpy.float32) for name, shape in shapes.items()}
    for name in tensors:
        if "ln_" in name and name.endswith("weight"):
            tensors[name] += 1
    return config, tensors


def gelu(x, config):
    if config["activation_function"] == "gelu_new":
        return x / 2 * (1 + numpy.tanh(numpy.sqrt(2 / numpy.pi) * (x + 0.044715 * x**3)))
    return x / 2 * (1 + numpy.vectorize(math.erf)(x / numpy.sqrt(2)))


def gpt2_logits(config, tensors, tokens):
    def product(name, x):
        return x @ tensors[f"{name}.weight"].astype(float) + tensors[f"{name}.bias"]

    def normal(name, x):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / numpy.sqrt((centred**2).mean(-1, keepdims=True) + config["layer_norm_epsilon"])
        return scaled * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]

    count, heads = len(tokens), config["n_head"]
    x = tensors["wte.weight"][tokens].astype(float) + tensors["wpe.weight"][:count]
    for layer in range(config["n_layer"]):
        fused = product(f"h.{layer}.attn.c_attn", normal(f"h.{layer}.ln_1", x))
        parts = (part.reshape(count, heads, -1) for part in numpy.split(fused, 3, -1))
        x = x + product(f"h.{layer}.attn.c_proj", attention(*parts))
        inner = product(f"h.{layer}.mlp.c_fc", normal(f"h.{layer}.ln_2", x))
        x = x + product(f"h.{layer}.mlp.c_proj", gelu(inner, config))
    return normal("ln_f", x) @ tensors["wte.weight"].astype(float).T


def pieces_of(path):
    """Bytes and scores of tokenizer.bin of llama2.c."""
    data, at, pieces = path.read_bytes(), 4, []
    while at < len(data):
        score, length = struct.unpack_from("<fi", data, at)
        pieces.append((data[at + 8:at + 8 + length], score))
        at += 8 + length
    return pieces


def names_of(pieces):
    """As SentencePiece writes them."""
    return ["<unk>", "<s>", "</s>"] + [piece.decode().replace(" ", "▁") for piece, _ in pieces[3:]]


def write_tokenizer(path, pieces):
    """tokenizer.json as Llama's files have it, of pieces with scores."""
    names = names_of(pieces)
    numbers = {name: number for number, name in reversed(list(enumerate(names)))}
    merges = [[name[:cut], name[cut:]] for _, name in sorted(zip((-score for _, score in pieces), names, strict=True))
              for cut in range(1, len(name)) if name[:cut] in numbers and name[cut:] in numbers and not name.startswith("<")]
    added = [{"id": number, "content": names[number], "special": True} for number in range(3)]
    template = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    path.write_text(json.dumps({
        "version": "1.0", "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
        "pre_tokenizer": None, "post_processor": {"type": "TemplateProcessing", "single": template},
        "decoder": {"type": "Sequence", "decoders": [{"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {"type": "BPE", "byte_fallback": True, "unk_token": "<unk>", "fuse_unk": True, "vocab": numbers,
                  "merges": merges}}), encoding="utf-8")
