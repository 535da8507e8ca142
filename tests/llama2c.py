# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A decoder of llama2.c in numpy, all tokens at once: what steps with caches are compared with. Keys and values have no slots
here: what a token sees is a mask over all tokens, and where it stands is the position within the cache (Xiao et al. 2023)."""
import dataclasses

import numpy

EPSILON = 1e-5


@dataclasses.dataclass
class Checkpoint:
    width: int
    hidden: int
    layers: int
    heads: int
    kv_heads: int
    vocabulary: int
    positions: int
    weights: dict

    @property
    def size(self):
        return self.width // self.heads


def kinds(width, hidden, kv_width):
    """The weights of a layer, by name: their shapes."""
    return {"attention_norm": (width,), "query": (width, width), "key": (kv_width, width), "value": (kv_width, width),
            "projection": (width, width), "feed_norm": (width,), "gate": (hidden, width), "down": (width, hidden),
            "up": (hidden, width)}


def read(path):
    """A legacy checkpoint whose classifier is its embedding."""
    data = path.read_bytes()
    width, hidden, layers, heads, kv_heads, vocabulary, positions = numpy.frombuffer(data, "<i4", 7)
    floats = numpy.frombuffer(data, "<f4", offset=28).astype(numpy.float64)
    taken = 0

    def take(*shape):
        nonlocal taken
        taken += (count := int(numpy.prod(shape)))
        return floats[taken - count:taken].reshape(shape)

    weights = {"embedding": take(vocabulary, width)}
    for name, shape in kinds(width, hidden, width // heads * kv_heads).items():
        weights[name] = take(layers, *shape)
    weights["final_norm"] = take(width)
    return Checkpoint(width, hidden, layers, heads, kv_heads, vocabulary, positions, weights)


def write(path, rng, width=16, hidden=24, layers=2, heads=4, kv_heads=2, vocabulary=11, positions=64):
    """A random one, of the legacy kind."""
    size = width // heads
    shapes = [(vocabulary, width), *((layers, *shape) for shape in kinds(width, hidden, size * kv_heads).values()), (width,),
              (2, positions, size // 2)]
    header = numpy.array([width, hidden, layers, heads, kv_heads, vocabulary, positions], "<i4").tobytes()
    path.write_bytes(header + b"".join((rng.normal(0, 0.6, shape)).astype("<f4").tobytes() for shape in shapes))
    return path


def norm(x, scale):
    return x / numpy.sqrt((x * x).mean(-1, keepdims=True) + EPSILON) * scale


def turn(x, positions):
    """Pairs of [tokens, heads, size] by the angles of positions."""
    size = x.shape[-1]
    angles = positions[:, None, None] * 10000.0 ** (-numpy.arange(0, size, 2) / size)
    first, second = x[..., 0::2], x[..., 1::2]
    turned = numpy.empty_like(x)
    turned[..., 0::2] = first * numpy.cos(angles) - second * numpy.sin(angles)
    turned[..., 1::2] = first * numpy.sin(angles) + second * numpy.cos(angles)
    return turned


def scores_by_distance(query, key, seen, window, sinks):
    """Keys stand where they are in the text, and so do queries, but sinks are seen from within the window."""
    at = numpy.arange(len(query))
    key = turn(key, at)
    near, far = (numpy.einsum("qhd,khd->hqk", turn(query, places), key) for places in (at, numpy.minimum(at, window - 1)))
    return numpy.where(at < sinks, far, near)


def scores_within_cache(query, key, seen, window, sinks):
    """For each query anew, the keys that it sees stand side by side from 0 on, and so does the query, the last of them."""
    count, heads, size = key.shape
    places = numpy.where(seen, seen.cumsum(1) - 1, 0)
    keys = turn(numpy.broadcast_to(key, (count, *key.shape)).reshape(-1, heads, size), places.reshape(-1))
    return numpy.einsum("qhd,qkhd->hqk", turn(query, places.diagonal()), keys.reshape(count, *key.shape))


def logits(model, tokens, window=None, sinks=0, scores_of=scores_by_distance):
    """Of all tokens, each of which sees the sinks and the last window - sinks tokens."""
    window = window or model.positions
    weights, count = model.weights, len(tokens)
    at = numpy.arange(count)
    behind = at[:, None] - at[None, :]
    seen = (behind >= 0) & ((at[None, :] < sinks) | (behind < window - sinks))
    x = weights["embedding"][tokens]
    for layer in range(model.layers):
        def product(name, of):
            return of @ weights[name][layer].T  # noqa: B023

        normal = norm(x, weights["attention_norm"][layer])
        query = product("query", normal).reshape(count, model.heads, model.size)
        key = product("key", normal).reshape(count, model.kv_heads, model.size)
        value = product("value", normal).reshape(count, model.kv_heads, model.size)
        shared = model.heads // model.kv_heads
        key, value = key.repeat(shared, 1), value.repeat(shared, 1)
        scores = numpy.where(seen, scores_of(query, key, seen, window, sinks) / numpy.sqrt(model.size), -numpy.inf)
        shares = numpy.exp(scores - scores.max(-1, keepdims=True))
        mean = numpy.einsum("hqk,khd->qhd", shares / shares.sum(-1, keepdims=True), value)
        x = x + product("projection", mean.reshape(count, model.width))
        normal = norm(x, weights["feed_norm"][layer])
        gate = product("gate", normal)
        x = x + product("down", gate / (1 + numpy.exp(-gate)) * product("up", normal))
    return norm(x, weights["final_norm"]) @ weights["embedding"].T


def places(count, window, sinks=0, block=1):
    """What the steps are told: position of the first of their tokens, its slot, slots filled before."""
    at = numpy.arange(0, count, block)
    slot = numpy.where(at < window, at, sinks + (at - sinks) % (window - sinks))
    return numpy.stack([at, slot, numpy.minimum(at, window)], 1).astype(numpy.int32)
