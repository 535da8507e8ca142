// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "tmc/ops/stream_place.hpp"

namespace tmc::ops {

struct RotaryAngles {
  static constexpr const char* kName = "rotary_angles";
  static constexpr const char* kDoc =
      "Cosines, or with `sine` sines, of the angles by which rotary_embedding turns the tokens of a stream: [tokens, "
      "angles]. Angle i of the token at position p is p * steps[i] / 2^32 of a turn, in integers that wrap as angles "
      "do, "
      "so that positions may go on for ever. The input is what cached_attention has too, i32 [3]: the position of the "
      "first token, its slot, and how many slots are filled. With a `window` above 0 positions are those within the "
      "cache, the filled slots before the token but at most window - 1, at which its query meets the sinks.";

  bool sine = false;
  int64_t tokens = 1;
  int64_t window = 0;
  std::vector<int64_t> steps;

  static constexpr auto fields() {
    return std::tuple{Field{"sine", &RotaryAngles::sine}, Field{"tokens", &RotaryAngles::tokens},
                      Field{"window", &RotaryAngles::window}, Field{"steps", &RotaryAngles::steps}};
  }

  static Inferred infer(const RotaryAngles& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_stream_place(in[0]));
    if (op.tokens < 1 || op.tokens > INT16_MAX || op.window < 0 || op.window > INT32_MAX || op.steps.empty() ||
        op.steps.size() > INT16_MAX) {
      return error(Error::kMalformed, "{} angles of {} tokens in a window of {}", op.steps.size(), op.tokens,
                   op.window);
    }
    const auto is_step = [](int64_t step) { return step >= 0 && step <= int64_t{UINT32_MAX}; };
    if (!std::ranges::all_of(op.steps, is_step)) return error(Error::kMalformed, "a step is no turn of 2^32 parts");
    return std::vector<TensorType>{{DType::kF32, Shape::of(op.tokens, std::ssize(op.steps))}};
  }
};

}  // namespace tmc::ops
