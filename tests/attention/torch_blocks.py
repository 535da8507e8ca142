# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Blocks of transformers as they are written by hand around PyTorch, each in the way of a well-known code base.

Small, random weights from a fixed seed. Every block says what its inputs are; norms have gains and biases that are not
the trivial ones.
"""
import math

import torch
from torch import nn

WIDTH, HEADS, LENGTH = 8, 2, 6
SIZE = WIDTH // HEADS


class Bert(nn.Module):
    """Heads by view and permute, scores divided by the root, a mask that is added, dropout, the GELU by erf written out."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out, self.up, self.down = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def heads(self, x):
        return x.view(x.shape[0], x.shape[1], HEADS, SIZE).permute(0, 2, 1, 3)

    def attend(self, x, mask):
        scores = torch.matmul(self.heads(self.query(x)), self.heads(self.key(x)).transpose(-1, -2)) / math.sqrt(SIZE)
        if mask is not None:
            scores = scores + (1 - mask[:, None, None, :]) * torch.finfo(torch.float32).min
        seen = torch.matmul(self.dropout(nn.functional.softmax(scores, dim=-1)), self.heads(self.value(x)))
        return seen.permute(0, 2, 1, 3).contiguous().view(x.shape[0], x.shape[1], WIDTH)

    def forward(self, x, mask=None):
        x = self.norm1(self.dropout(self.out(self.attend(x, mask))) + x)
        hidden = self.up(x)
        hidden = hidden * 0.5 * (1.0 + torch.erf(hidden / math.sqrt(2.0)))
        return self.norm2(self.dropout(self.down(hidden)) + x)


class Vit(nn.Module):
    """One product for queries, keys and values, cut by unbind; the scale is in the queries; patches by a convolution."""

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, WIDTH, 4, 4)
        self.token = nn.Parameter(torch.randn(1, 1, WIDTH))
        self.position = nn.Parameter(torch.randn(1, 5, WIDTH))
        self.norm1, self.norm2, self.norm = (nn.LayerNorm(WIDTH, eps=1e-6) for _ in range(3))
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.mlp = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH))
        self.head = nn.Linear(WIDTH, 3)

    def attend(self, x):
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).reshape(batch, length, 3, HEADS, SIZE).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q * SIZE**-0.5) @ k.transpose(-2, -1)
        return self.out((scores.softmax(dim=-1) @ v).transpose(1, 2).reshape(batch, length, WIDTH))

    def forward(self, image):
        x = self.patches(image).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], dim=1) + self.position
        x = x + self.attend(self.norm1(x))
        x = x + self.mlp(self.norm2(x))
        return self.head(self.norm(x)[:, 0])


def gelu_by_tanh(x):
    return 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * torch.pow(x, 3.0))))


class Gpt2(nn.Module):
    """Projections cut by split, a triangle of booleans in a where, the GELU by tanh written out."""

    def __init__(self):
        super().__init__()
        self.project, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.register_buffer("triangle", torch.tril(torch.ones(16, 16, dtype=torch.bool)).view(1, 1, 16, 16))

    def heads(self, x):
        return x.view(x.shape[0], x.shape[1], HEADS, SIZE).permute(0, 2, 1, 3)

    def attend(self, x):
        q, k, v = (self.heads(part) for part in self.project(x).split(WIDTH, dim=2))
        scores = torch.matmul(q, k.transpose(-1, -2)) / (SIZE**0.5)
        seen = self.triangle[:, :, k.shape[-2] - q.shape[-2]:k.shape[-2], :k.shape[-2]]
        scores = torch.where(seen, scores, torch.full([], torch.finfo(scores.dtype).min))
        result = torch.matmul(nn.functional.softmax(scores, dim=-1), v)
        return self.out(result.permute(0, 2, 1, 3).contiguous().view(x.shape))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        return x + self.down(gelu_by_tanh(self.up(self.norm2(x))))


class RmsNorm(nn.Module):
    def __init__(self, width=WIDTH):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(width) + 0.5)

    def forward(self, x):
        variance = x.pow(2).mean(-1, keepdim=True)
        return self.weight * (x * torch.rsqrt(variance + 1e-6))


def rotate_half(x):
    return torch.cat((-x[..., x.shape[-1] // 2:], x[..., :x.shape[-1] // 2]), dim=-1)


def angles(length, rotated):
    frequencies = 1.0 / (10000**(torch.arange(0, rotated, 2).float() / rotated))
    return torch.outer(torch.arange(length).float(), frequencies)


class Llama(nn.Module):
    """RMS norms, rotary positions by halves, heads of keys and values that several of queries share, SiLU as a gate."""

    def __init__(self, heads=4, kv_heads=2, length=LENGTH):
        super().__init__()
        self.heads, self.kv_heads, self.size = heads, kv_heads, 4
        self.norm1, self.norm2 = RmsNorm(), RmsNorm()
        self.q, self.k, self.v = (nn.Linear(WIDTH, n * self.size, bias=False) for n in (heads, kv_heads, kv_heads))
        self.out = nn.Linear(heads * self.size, WIDTH, bias=False)
        self.gate, self.up = nn.Linear(WIDTH, 16, bias=False), nn.Linear(WIDTH, 16, bias=False)
        self.down = nn.Linear(16, WIDTH, bias=False)
        twice = torch.cat([angles(length, self.size)] * 2, dim=-1)
        self.register_buffer("cos", twice.cos()[None])
        self.register_buffer("sin", twice.sin()[None])
        self.register_buffer("mask", torch.full((length, length), torch.finfo(torch.float32).min).triu(1)[None, None])

    def repeat(self, x):
        batch, heads, length, size = x.shape
        groups = self.heads // self.kv_heads
        if groups == 1:
            return x
        return x[:, :, None].expand(batch, heads, groups, length, size).reshape(batch, self.heads, length, size)

    def rotate(self, x):
        return x * self.cos.unsqueeze(1) + rotate_half(x) * self.sin.unsqueeze(1)

    def attend(self, x):
        batch, length, _ = x.shape
        q, k, v = (part.view(batch, length, -1, self.size).transpose(1, 2) for part in (self.q(x), self.k(x), self.v(x)))
        scores = torch.matmul(self.rotate(q), self.repeat(self.rotate(k)).transpose(2, 3)) * self.size**-0.5
        weights = nn.functional.softmax(scores + self.mask, dim=-1, dtype=torch.float32).to(q.dtype)
        return self.out(torch.matmul(weights, self.repeat(v)).transpose(1, 2).contiguous().reshape(batch, length, -1))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        y = self.norm2(x)
        return x + self.down(nn.functional.silu(self.gate(y)) * self.up(y))


class Interleaved(nn.Module):
    """Rotary positions of neighbours, of a part of each head: GPT-J's."""

    def __init__(self, rotated=4):
        super().__init__()
        self.rotated = rotated
        self.project = nn.Linear(WIDTH, 2 * 8)
        self.register_buffer("sin", angles(LENGTH, rotated).sin()[None, :, None].repeat_interleave(2, 3))
        self.register_buffer("cos", angles(LENGTH, rotated).cos()[None, :, None].repeat_interleave(2, 3))

    def forward(self, x):
        q = self.project(x).view(x.shape[0], x.shape[1], 2, 8)
        turned, rest = q[..., :self.rotated], q[..., self.rotated:]
        swapped = torch.stack((-turned[..., 1::2], turned[..., ::2]), dim=-1).flatten(-2)
        return torch.cat([turned * self.cos + swapped * self.sin, rest], dim=-1).permute(0, 2, 1, 3)


class Pairs(nn.Module):
    """Rotary positions by complex numbers, written in reals as exporters need it."""

    def __init__(self):
        super().__init__()
        self.project = nn.Linear(WIDTH, WIDTH)
        self.register_buffer("sin", angles(LENGTH, SIZE).sin()[None, :, None])
        self.register_buffer("cos", angles(LENGTH, SIZE).cos()[None, :, None])

    def forward(self, x):
        real, imaginary = self.project(x).reshape(x.shape[0], x.shape[1], HEADS, SIZE // 2, 2).unbind(-1)
        turned = torch.stack((real * self.cos - imaginary * self.sin, real * self.sin + imaginary * self.cos), dim=-1)
        return turned.flatten(3)


class Written(nn.Module):
    """Norms and activations written out in the ways that code bases have."""

    def __init__(self):
        super().__init__()
        self.gain, self.bias = nn.Parameter(torch.rand(WIDTH) + 0.5), nn.Parameter(torch.randn(WIDTH))

    def forward(self, x):
        mean = x.mean(-1, keepdim=True)
        variance = (x - mean).pow(2).mean(-1, keepdim=True)
        x = self.gain * ((x - mean) / torch.sqrt(variance + 1e-12)) + self.bias
        x = x * torch.sigmoid(x)
        centred = x - x.mean(-1, keepdim=True)
        x = centred * torch.rsqrt((centred * centred).mean(-1, keepdim=True) + 1e-5) * self.gain + self.bias
        x = 0.5 * x * (1 + torch.erf(x * 0.7071067811865475))
        x = self.gain * (x / torch.sqrt(torch.mean(x * x, -1, keepdim=True) + 1e-6))
        return gelu_by_tanh(x)


class Linformer(nn.Module):
    """Wang et al., Linformer: keys and values of `kept` positions, projected by matrices that heads and both share."""

    def __init__(self, length=12, kept=4, width=WIDTH, heads=HEADS, per_head=False):
        super().__init__()
        self.q, self.k, self.v, self.out = (nn.Linear(width, width) for _ in range(4))
        shape = (heads, length, kept) if per_head else (length, kept)
        self.e, self.f = (nn.Parameter(torch.randn(shape) / math.sqrt(length)) for _ in range(2))
        self.heads, self.per_head = heads, per_head

    def split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x):
        q, k, v = self.split(self.q(x)), self.k(x), self.v(x)
        if self.per_head:
            k = torch.einsum("bhnd,hnk->bhkd", self.split(k), self.e)
            v = torch.einsum("bhnd,hnk->bhkd", self.split(v), self.f)
        else:
            k, v = self.split(torch.einsum("bnd,nk->bkd", k, self.e)), self.split(torch.einsum("bnd,nk->bkd", v, self.f))
        scores = torch.einsum("bhnd,bhkd->bhnk", q, k) * q.shape[-1]**-0.5
        seen = torch.einsum("bhnk,bhkd->bhnd", scores.softmax(dim=-1), v)
        return self.out(seen.transpose(1, 2).reshape(x.shape))
