// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Attention {
  static constexpr const char* kName = "attention";
  static constexpr const char* kDoc =
      "Scaled dot-product attention (Vaswani et al. 2017) of heads that lie side by side. Inputs: query [batch, "
      "queries, heads * size], key [batch, keys, kv_heads * size], value [batch, keys, kv_heads * value_size], "
      "optionally a mask that broadcasts to [batch, heads, queries, keys]: bool, true where a key may be seen, or a "
      "number that is added. Output: [batch, queries, heads * value_size]. Products of queries and keys are times "
      "scale, or with 0 over the root of size, and with a softcap, of up to 350 in int8 graphs, that times tanh of "
      "them over it. Query i stands at key position + i, or with -1 so that the last query stands at the last key; it "
      "sees keys up to there (causal), and no further before and behind than the windows say, unless they are -1. "
      "Without any key it gives 0. A mask that is added is int16 in int8 graphs, in steps of ln(2) / 64, of which "
      "-32768 hides.";

  // Of scores of int8 attention and of masks that are added to them: 64 to a power of two.
  static constexpr double kScoreUnit = 0.69314718055994530942 / 64;
  // Whose scores have 16 bits there.
  static constexpr double kMostIntegerSoftcap = 350;

  int32_t heads = 1;
  int32_t kv_heads = 1;
  double scale = 0;
  bool causal = false;
  int64_t position = -1;
  int64_t left_window = -1;
  int64_t right_window = -1;
  double softcap = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"heads", &Attention::heads},
                      Field{"kv_heads", &Attention::kv_heads},
                      Field{"scale", &Attention::scale},
                      Field{"causal", &Attention::causal},
                      Field{"position", &Attention::position},
                      Field{"left_window", &Attention::left_window},
                      Field{"right_window", &Attention::right_window},
                      Field{"softcap", &Attention::softcap}};
  }

  static Inferred infer(const Attention& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 3, 4));
    for (const size_t input : {0, 1, 2}) TMC_TRY(check_rank(in[input], 3, "query, key or value"));
    const Shape &query = in[0].shape, &key = in[1].shape, &value = in[2].shape;
    if (op.heads < 1 || op.kv_heads < 1 || op.heads % op.kv_heads != 0) {
      return error(Error::kMalformed, "{} heads of queries do not share {} heads of keys", op.heads, op.kv_heads);
    }
    if (query[2] % op.heads != 0 || value[2] % op.kv_heads != 0 || key[2] % op.kv_heads != 0 ||
        key[2] / op.kv_heads != query[2] / op.heads) {
      return error(Error::kMalformed, "widths {}, {} and {} are not those of {} and {} heads", query[2], key[2],
                   value[2], op.heads, op.kv_heads);
    }
    if (key[0] != query[0] || value[0] != query[0] || value[1] != key[1]) {
      return error(Error::kMalformed, "query, key and value differ in batch or length");
    }
    if (in.has(3)) {
      const Shape scores = Shape::of(query[0], op.heads, query[1], key[1]);
      TMC_ASSIGN(const Shape both, broadcast(scores, in[3].shape));
      if (both != scores) return error(Error::kMalformed, "its mask does not broadcast to its scores");
    }
    return std::vector<TensorType>{{in[0].dtype, Shape::of(query[0], query[1], op.heads * (value[2] / op.kv_heads))}};
  }

  // What scores are multiplied with, of heads of that size.
  double score_scale(int64_t size) const { return scale != 0 ? scale : 1 / std::sqrt(static_cast<double>(size)); }

  // The key at which the first query stands.
  int64_t first_position(int64_t queries, int64_t keys) const { return position < 0 ? keys - queries : position; }

  // Whether a query sees the key that lies so many places behind it, without a mask.
  bool sees(int64_t behind) const {
    return (!causal || behind >= 0) && (left_window < 0 || behind <= left_window) &&
           (right_window < 0 || -behind <= right_window);
  }

  // Of all keys, hidden ones too.
  static int64_t macs(const Attention&, const InferInputs& in, std::span<const TensorType> outputs) {
    return in[1].shape[1] * (in[0].shape.elements() + outputs[0].shape.elements());
  }
};

}  // namespace tmc::ops
