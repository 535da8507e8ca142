# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A decoder of Llama's form (Touvron et al., arXiv:2302.13971) in plain PyTorch: RMS norms before each block, rotary
positions whose pairs lie half a head apart, heads that share keys and values, a feed-forward block with a SiLU gate, and
one matrix that is embedding and classifier. Weights have the names that Hugging Face's LlamaForCausalLM gives them."""

import dataclasses

import torch
from torch import nn


@dataclasses.dataclass
class Sizes:
    vocabulary: int = 1024
    width: int = 128
    hidden: int = 352
    layers: int = 6
    heads: int = 4
    kv_heads: int = 2
    positions: int = 256
    theta: float = 10000.0
    epsilon: float = 1e-5

    def config(self):
        """As config.json of Hugging Face says it."""
        return {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": self.vocabulary,
                "hidden_size": self.width, "intermediate_size": self.hidden, "num_hidden_layers": self.layers,
                "num_attention_heads": self.heads, "num_key_value_heads": self.kv_heads, "hidden_act": "silu",
                "max_position_embeddings": self.positions, "rope_theta": self.theta, "rms_norm_eps": self.epsilon,
                "tie_word_embeddings": True, "attention_bias": False, "bos_token_id": 0, "eos_token_id": 0,
                "torch_dtype": "float16"}


class Norm(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(sizes.width))
        self.epsilon = sizes.epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


def angles(sizes):
    """Cosines and sines, [positions, size of a head], of which both halves are the same."""
    size = sizes.width // sizes.heads
    steps = sizes.theta ** (-torch.arange(0, size, 2) / size)
    of_pairs = torch.outer(torch.arange(sizes.positions).float(), steps)
    both = torch.cat([of_pairs, of_pairs], 1)
    return both.cos(), both.sin()


def turn(x, cosines, sines):
    """[N, heads, tokens, size] by the angles of their positions."""
    first, second = x.chunk(2, -1)
    return x * cosines + torch.cat([-second, first], -1) * sines


class Attention(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.size = sizes.width // sizes.heads
        self.shared = sizes.heads // sizes.kv_heads
        self.q_proj = nn.Linear(sizes.width, sizes.width, bias=False)
        self.k_proj = nn.Linear(sizes.width, sizes.kv_heads * self.size, bias=False)
        self.v_proj = nn.Linear(sizes.width, sizes.kv_heads * self.size, bias=False)
        self.o_proj = nn.Linear(sizes.width, sizes.width, bias=False)

    def split(self, x):
        return x.unflatten(-1, (-1, self.size)).transpose(1, 2)

    def forward(self, x, cosines, sines, later):
        query = turn(self.split(self.q_proj(x)), cosines, sines)
        key = turn(self.split(self.k_proj(x)), cosines, sines).repeat_interleave(self.shared, 1)
        value = self.split(self.v_proj(x)).repeat_interleave(self.shared, 1)
        scores = query @ (key * self.size**-0.5).transpose(-1, -2) + later
        mean = torch.softmax(scores, -1) @ value
        return self.o_proj(mean.transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.gate_proj = nn.Linear(sizes.width, sizes.hidden, bias=False)
        self.up_proj = nn.Linear(sizes.width, sizes.hidden, bias=False)
        self.down_proj = nn.Linear(sizes.hidden, sizes.width, bias=False)

    def forward(self, x):
        return self.down_proj(nn.functional.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.input_layernorm = Norm(sizes)
        self.self_attn = Attention(sizes)
        self.post_attention_layernorm = Norm(sizes)
        self.mlp = FeedForward(sizes)

    def forward(self, x, *places):
        x = x + self.self_attn(self.input_layernorm(x), *places)
        return x + self.mlp(self.post_attention_layernorm(x))


class Inner(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.embed_tokens = nn.Embedding(sizes.vocabulary, sizes.width)
        self.layers = nn.ModuleList([Layer(sizes) for _ in range(sizes.layers)])
        self.norm = Norm(sizes)


class Decoder(nn.Module):
    """[N, tokens] to logits [N, tokens, vocabulary]."""

    def __init__(self, sizes):
        super().__init__()
        self.model = Inner(sizes)
        for name, weights in self.named_parameters():
            if name.endswith(("o_proj.weight", "down_proj.weight")):
                nn.init.zeros_(weights)  # each layer begins by adding nothing
            elif weights.dim() == 2:
                nn.init.normal_(weights, std=0.02 if "embed" in name else weights.shape[1] ** -0.5)
        cosines, sines = angles(sizes)
        later = torch.full((sizes.positions, sizes.positions), float("-inf")).triu(1)
        for name, table in {"cosines": cosines, "sines": sines, "later": later}.items():
            self.register_buffer(name, table, persistent=False)

    def forward(self, tokens):
        count = tokens.shape[1]
        x = self.model.embed_tokens(tokens)
        for layer in self.model.layers:
            x = layer(x, self.cosines[:count], self.sines[:count], self.later[:count, :count])
        return self.model.norm(x) @ self.model.embed_tokens.weight.T
