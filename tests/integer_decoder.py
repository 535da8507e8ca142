# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A decoder of llama2.c in the numbers that `--quantize` gives it, all tokens at once, in numpy: what its steps have to be bit
for bit. Weights and scales are the compiler's, from the graph that `inspect` shows. All else is here, written after
docs/attention.md and the contracts of kernels: multipliers and tables, sums, roundings. There is no cache and no state, and
nothing is written over: what a token sees is a row of a mask over all tokens, and from where it sees the sinks is a position
within the window."""
import base64
import dataclasses
import json

import numpy

import llama2c
from conftest import tinymlc_json
from float_functions import cosine, norm, silu, sine

F32 = numpy.float32
RUN = 32  # keys, of which each run has one largest score
UNITS = 64  # of a score to a power of two
EXPONENTIALS = numpy.append(numpy.round(32767 * 2.0 ** (-numpy.arange(1023) / UNITS)), 0).astype(numpy.int64)


@dataclasses.dataclass
class View:
    """What each of `count` tokens sees: seen [count, count]. Tokens stand `at` [count], from where they see others, but the first
    `sinks` of all from `inside` [count]. `slots` [count] are the places in whose order keys are taken."""

    seen: numpy.ndarray
    sinks: int
    at: numpy.ndarray
    inside: numpy.ndarray
    slots: numpy.ndarray


def view(count, window, sinks=0):
    """The sinks and the last window - sinks tokens, with the newest."""
    at = numpy.arange(count)
    behind = at[:, None] - at[None, :]
    seen = (behind >= 0) & ((at[None, :] < sinks) | (behind < window - sinks))
    slots = numpy.where(at < window, at, sinks + (at - sinks) % (window - sinks))
    return View(seen, sinks, at, numpy.minimum(at, window - 1), slots)


def quantized(x, scale):
    """In a scale that is known, ties to even."""
    return numpy.clip(numpy.rint(x / scale), -128, 127).astype(numpy.int64)


def quantized_rows(x):
    """Each row in a scale of its own, ties away from zero, and these scales."""
    largest = abs(x).max(-1, keepdims=True)
    scaled = x * (F32(127) / largest)
    whole = numpy.trunc(scaled)
    away = numpy.where(abs(scaled - whole) >= F32(0.5), numpy.sign(scaled), 0)
    return numpy.clip(whole + away, -127, 127).astype(numpy.int64), largest / F32(127)


def high_mul(a, b):
    """round(a * b / 2^31), ties away from zero for positive and toward it for negative products."""
    product = a * b
    return (product + 2**30) >> 31 if product >= 0 else -((-product + 2**30 - 1) >> 31)


def reciprocal(value):
    """Of 1 <= value < 2^31, as Q0.31 of a mantissa and an exponent: gemmlowp's three steps of Newton and Raphson."""
    headroom = 32 - value.bit_length()
    rest = (value << headroom) - 2**31
    half = (rest + 2**31) // 2
    y = 1515870810 + high_mul(half, -1010580540)
    for _ in range(3):
        y += 4 * high_mul(y, 2**29 - high_mul(half, y))
    return min(2 * y, 2**31 - 1), 31 - headroom


def made_less(values, factors):
    return 2 * ((values * factors * 2**16 + 2**31) >> 32)


def rounded(values, divisors):
    """To the nearest, halves away from zero, where divisors are more than 0."""
    return numpy.sign(values) * ((2 * abs(values) + divisors) // (2 * divisors))


def four_bit_values(values):
    """contract/cached_attention_s8_s4.hpp, of [..., size]: what is kept, and the multipliers [...]."""
    multipliers = numpy.minimum((abs(values).max(-1) + 6) // 7, 15)
    return numpy.clip(rounded(values, numpy.maximum(multipliers, 1)[..., None]), -7, 7), multipliers


def four_bit_keys(keys):
    """What keys of contract/cached_attention_s4.hpp stand for."""
    low, high = (extreme[..., None] for extreme in (numpy.minimum(keys.min(-1), 0), numpy.maximum(keys.max(-1), 0)))
    multipliers = numpy.clip((high - low + 14) // 15, 1, 16)
    zeros = numpy.minimum((-2 * low + multipliers) // (2 * multipliers), 15)
    return (numpy.clip(rounded(keys, multipliers) + zeros, 0, 15) - zeros) * multipliers


def scores(products, factor):
    """Of products of integers that stand for `factor` each."""
    shift, factor = 0, factor * UNITS / numpy.log(2)
    while factor >= 0.5:
        shift, factor = shift + 1, factor / 2
    return (products * 2**shift * round(factor * 2**32) + 2**31) >> 32


@dataclasses.dataclass
class Attention:
    """contract/attention_s8.hpp of values [keys, heads, size] to outputs of one scale with them."""

    values: numpy.ndarray
    window: int
    multipliers: numpy.ndarray | None = None  # [keys, heads] of values in four bits, in 16ths

    def row(self, scores, keys):
        """Of one query: scores [heads, keys], and the keys that it sees, in order."""
        total_shift = max(0, (self.window - 1).bit_length() - (9 if self.multipliers is None else 13))
        heads, size = self.values.shape[1:]
        largest, total = numpy.full(heads, -2**30), numpy.zeros(heads, numpy.int64)
        sums = numpy.zeros((heads, size), numpy.int64)
        for begin in range(0, len(keys), RUN):
            run = keys[begin:begin + RUN]
            raised = numpy.maximum(largest, scores[:, run].max(1))
            factors, is_raised = EXPONENTIALS[numpy.minimum(raised - largest, 1023)], raised > largest
            total = numpy.where(is_raised, made_less(total, factors), total)
            sums = numpy.where(is_raised[:, None], made_less(sums, factors[:, None]), sums)
            largest = raised
            shares = EXPONENTIALS[numpy.minimum(largest[:, None] - scores[:, run], 1023)]
            total = total + shares.sum(1)
            if self.multipliers is not None:
                shares = (shares * self.multipliers[run].T + 8) >> 4
            sums = sums + ((numpy.einsum("hk,khd->hd", shares, self.values[run]) + (2**total_shift >> 1)) >> total_shift)
        return numpy.stack([self.mean(int(all_of), of, total_shift) for all_of, of in zip(total, sums, strict=True)])

    def mean(self, total, sums, total_shift):
        """In the scale of values, the quotient 1 = 2^30 * 2^(1 - 31), or 16."""
        inverse, exponent = reciprocal(total)
        wide = (sums * high_mul(inverse, 2**30)) >> 32
        shift = exponent - total_shift - (1 if self.multipliers is None else 5) - 9
        scaled = wide >> shift if shift >= 0 else wide << -shift
        return numpy.clip((scaled + 128) >> 8, -128, 127)


class IntegerDecoder:
    """The checkpoint at `path`, as it is with the options of the command line; `window` is among them."""

    def __init__(self, path, window, *options):
        said = tinymlc_json("inspect", path, "--after", "select", "--window", window, *options)
        self.values = {value["name"]: value for value in json.loads(said["graph"])["values"]}
        self.model, self.window = llama2c.read(path), window
        self.cache = options[options.index("--cache") + 1] if "--cache" in options else "int8"

    def constant(self, name):
        value = self.values[name]
        kind = {"i8": "i1", "f32": "<f4"}[value["dtype"]]
        return numpy.frombuffer(base64.b64decode(value["data"]), kind).reshape(value["shape"])

    def scale(self, name):
        scales = numpy.array(self.values[name]["quantization"]["scales"], F32)
        return scales if len(scales) > 1 else scales[0]

    def layer(self, name, x):
        integers, steps = quantized_rows(x)
        (weights,) = (full for bits in (4, 8) if (full := f"{name}.weight.int{bits}") in self.values)
        return (integers @ self.constant(weights).astype(numpy.int64).T).astype(F32) * self.scale(weights) * steps

    def embedded(self, tokens):
        return self.constant("embedding.weight.rows")[tokens].astype(F32) * self.constant("embedding.weight.scales")[tokens]

    def turned(self, x, positions, heads):
        """Pairs side by side, by angles that are parts of a turn of 2^32."""
        phases = (positions[:, None] * self.steps()).astype(numpy.int32).astype(F32) * (F32(6.28318530718) / F32(2**32))
        return self.turned_by(x.reshape(len(x), heads, -1), cosine(phases)[:, None, :], sine(phases)[:, None, :])

    def steps(self):
        size = self.model.size
        return numpy.round(2**32 / (2 * numpy.pi) * 10000.0 ** (-numpy.arange(0, size, 2) / size)).astype(numpy.int64)

    @staticmethod
    def turned_by(x, c, s):
        pairs = x.reshape(*x.shape[:2], -1, 2)
        first, second = pairs[..., 0], pairs[..., 1]
        return numpy.stack([first * c + second * -s, first * s + second * c], -1).reshape(x.shape)

    def scores_of_mean(self, layer, query, seen_as):
        """[heads, tokens, tokens]: what the mean that keys in four bits come less gives (contract/cached_attention_s4.hpp)."""
        model, count = self.model, len(query)
        mean = -self.constant(f"layer{layer}.attention.less_mean").reshape(model.kv_heads, model.size)
        mean = mean.repeat(model.heads // model.kv_heads, 0)
        name = f"layer{layer}.attention.mean_query.int8"
        of_mean = quantized(self.turned_by(query.reshape(count, model.heads, model.size), mean[:, 0::2], -mean[:, 1::2]),
                            self.scale(name))
        angles = (numpy.arange(self.window)[:, None] * self.steps() % 2**32) / 2**32 * (2 * numpy.pi)
        turns = numpy.rint(127 * numpy.stack([numpy.cos(angles), -numpy.sin(angles)], -1)).astype(numpy.int64)
        tokens = numpy.arange(count)
        behind = numpy.where(tokens < seen_as.sinks, seen_as.inside[:, None], seen_as.at[:, None]) - tokens
        seen_turns = turns.reshape(self.window, -1)[numpy.clip(behind, 0, self.window - 1)]
        return scores(numpy.einsum("qhd,qkd->hqk", of_mean, seen_turns), float(self.scale(name)) / 127 / model.size**0.5)

    def attended(self, layer, normal, seen_as):
        model, count = self.model, len(normal)
        query, key, value = (self.layer(f"layer{layer}.{name}", normal) for name in ("query", "key", "value"))
        queries = "queries.int8" if seen_as.sinks else "turned_query_rows.int8"
        query_scale, key_scale, value_scale = (self.scale(f"layer{layer}.{name}") for name in (queries, "turned_key_rows.int8", "value.int8"))
        shared = model.heads // model.kv_heads
        if self.cache == "int4":
            key = key + self.constant(f"layer{layer}.attention.less_mean").reshape(-1)
        keys = quantized(self.turned(key, seen_as.at, model.kv_heads), key_scale)
        values, multipliers = quantized(value, value_scale).reshape(count, model.kv_heads, model.size), None
        if self.cache == "int4":
            keys = four_bit_keys(keys)
        if self.cache != "int8":
            values, multipliers = four_bit_values(values)
            multipliers = multipliers.repeat(shared, 1)
        keys, values = keys.repeat(shared, 1), values.repeat(shared, 1)
        near, far = (numpy.einsum("qhd,khd->hqk", quantized(self.turned(query, places, model.heads), query_scale), keys)
                     for places in (seen_as.at, seen_as.inside))
        attention = Attention(values, self.window, multipliers)
        factor = float(query_scale) * float(key_scale) / model.size**0.5
        all_scores = scores(numpy.where(numpy.arange(count) < seen_as.sinks, far, near), factor)
        if self.cache == "int4":
            all_scores = all_scores + self.scores_of_mean(layer, query, seen_as)
        order = numpy.argsort(seen_as.slots, kind="stable")
        rows = [attention.row(all_scores[:, token], order[seen_as.seen[token, order]]) for token in range(count)]
        return value_scale * numpy.stack(rows).astype(F32).reshape(count, -1)

    def logits(self, tokens, seen_as):
        """[tokens, vocabulary], of tokens that see what `seen_as` says."""
        x = self.embedded(tokens)
        for layer in range(self.model.layers):
            normal = norm(x, self.constant(f"layer{layer}.attention_norm.weight"))
            x = x + self.layer(f"layer{layer}.projection", self.attended(layer, normal, seen_as))
            normal = norm(x, self.constant(f"layer{layer}.feed_norm.weight"))
            gated = silu(self.layer(f"layer{layer}.gate", normal)) * self.layer(f"layer{layer}.up", normal)
            x = x + self.layer(f"layer{layer}.down", gated)
        return self.layer("embedding", norm(x, self.constant("final_norm.weight")))
