// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct RotaryEmbedding {
  static constexpr const char* kName = "rotary_embedding";
  static constexpr const char* kDoc =
      "Pairs of elements of each head of x [batch, length, heads * size] turned by the angle of their position (Su et "
      "al. 2021), of which the others are cosines and sines, [length, rotated / 2] or [batch, length, rotated / 2]. "
      "Turned are the first `rotated` elements of a head, 0 standing for all: element i with i + rotated / 2, or "
      "`interleaved` 2i with 2i + 1. Of int8 graphs angles are int16, in a scale that is the ratio of the scales of "
      "the "
      "result and of x over a power of two.";

  // The greatest power that makes it.
  static constexpr int32_t kMostShift = 22;

  int32_t heads = 1;
  int32_t rotated = 0;
  bool interleaved = false;

  static constexpr auto fields() {
    return std::tuple{Field{"heads", &RotaryEmbedding::heads}, Field{"rotated", &RotaryEmbedding::rotated},
                      Field{"interleaved", &RotaryEmbedding::interleaved}};
  }

  // Elements of a head that are turned; its size is known to be sane.
  static int64_t turned(const RotaryEmbedding& op, const Shape& x) {
    return op.rotated == 0 ? x[2] / op.heads : op.rotated;
  }

  static Inferred infer(const RotaryEmbedding& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 3, 3));
    TMC_TRY(check_rank(in[0], 3, "x"));
    const Shape& x = in[0].shape;
    if (op.heads < 1 || x[2] % op.heads != 0) {
      return error(Error::kMalformed, "{} elements do not split into {} heads", x[2], op.heads);
    }
    const int64_t rotated = turned(op, x);
    if (rotated < 2 || rotated % 2 != 0 || rotated > x[2] / op.heads) {
      return error(Error::kMalformed, "{} elements of a head of {} are rotated", rotated, x[2] / op.heads);
    }
    const Shape shared = Shape::of(x[1], rotated / 2), own = Shape::of(x[0], x[1], rotated / 2);
    for (const size_t i : {1, 2}) {
      if (in[i].shape != shared && in[i].shape != own) {
        return error(Error::kMalformed, "its angles are not [{}, {}], nor that for each of {} items", x[1], rotated / 2,
                     x[0]);
      }
    }
    if (in[1].shape != in[2].shape) return error(Error::kMalformed, "its cosines and sines differ in shape");
    return std::vector<TensorType>{in[0]};
  }

  static int64_t macs(const RotaryEmbedding& op, const InferInputs& in, std::span<const TensorType>) {
    const Shape& x = in[0].shape;
    return 2 * x[0] * x[1] * op.heads * turned(op, x);
  }
};

}  // namespace tmc::ops
