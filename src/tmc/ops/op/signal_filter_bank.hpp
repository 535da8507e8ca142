// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalFilterBank {
  static constexpr const char* kName = "signal_filter_bank";
  static constexpr const char* kDoc =
      "Triangular filters over energies u32 [bins], as u64 [channels]. Band i of channels + 1 covers `widths`[i] bins "
      "from `bin_starts`[i] on; it adds each bin times its weight to channel i - 1, and times its unweight to channel "
      "i. Inputs: energies; weights i16; unweights i16, which lie at `weight_starts`; bin_starts, weight_starts and "
      "widths i16 [channels + 1]. All but the first are constants.";

  // The inputs, in their order.
  static constexpr size_t kWeights = 1, kUnweights = 2, kBinStarts = 3, kWeightStarts = 4, kWidths = 5, kInputs = 6;

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const SignalFilterBank& /*op*/, const InferInputs& in) {
    TMC_TRY(check_inputs(in, kInputs, kInputs));
    TMC_TRY(check_vector(in, 0, DType::kU32));
    for (size_t i = kWeights; i < kInputs; ++i) TMC_TRY(check_vector(in, i, DType::kI16));
    const int64_t bands = in[kBinStarts].shape[0];
    if (bands < 2 || in[kWeightStarts].shape[0] != bands || in[kWidths].shape[0] != bands) {
      return error(Error::kUnsupportedShape, "its tables of bands have {}, {} and {} elements", bands,
                   in[kWeightStarts].shape[0], in[kWidths].shape[0]);
    }
    return std::vector<TensorType>{{DType::kU64, Shape::of(bands - 1)}};
  }
};

}  // namespace tmc::ops
