// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SoundLogs {
  static constexpr const char* kName = "sound_logs";
  static constexpr const char* kDoc =
      "Features i16 [frames, features] of bands u32 [frames, bands] in 2^-`unit_bits`ths: logarithms to base 2, in 10 "
      "bits behind the point, of what a band is above 0 plus `floor`, times weights i16 [features, bands], or "
      "[features, "
      "1] for a weight of each band alone; the sum is shifted right by the first and increased by the second of the "
      "two "
      "numbers of its row, i32 [features, 2]. With `normalize` bands are first divided by the largest of all, of "
      "at least `silent` units. Inputs: bands, weights, rows; all but the first are constants.";

  // The inputs, in their order.
  static constexpr size_t kWeights = 1, kRows = 2, kInputs = 3;

  bool normalize = false;
  int32_t silent = 1;
  int32_t unit_bits = 14;
  double floor = 1e-6;

  static constexpr auto fields() {
    using Op = SoundLogs;
    return std::tuple{Field{"normalize", &Op::normalize}, Field{"silent", &Op::silent},
                      Field{"unit_bits", &Op::unit_bits}, Field{"floor", &Op::floor}};
  }

  static Inferred infer(const SoundLogs& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, kInputs, kInputs));
    TMC_TRY(check_operand_dtype(in, 0, DType::kU32));
    TMC_TRY(check_operand_dtype(in, kWeights, DType::kI16));
    TMC_TRY(check_operand_dtype(in, kRows, DType::kI32));
    for (size_t i = 0; i < kInputs; ++i) TMC_TRY(check_rank(in[i], 2, "an operand"));
    TMC_TRY(check_attribute("silent", op.silent, 1, INT32_MAX));
    TMC_TRY(check_attribute("unit_bits", op.unit_bits, 0, 31));
    // What the floor is in 64 bits behind the band's point.
    const double most = op.normalize ? 1.0 : 0x1p31;
    if (!(op.floor >= 0x1p-30 && op.floor <= most)) {
      return error(Error::kMalformed, "floor is {}, not from {} to {}", op.floor, 0x1p-30, most);
    }
    const int64_t bands = in[0].shape[1], features = in[kWeights].shape[0], taps = in[kWeights].shape[1];
    const bool is_product = taps == bands || (taps == 1 && features <= bands);
    if (in[0].shape[0] < 1 || bands < 1 || features < 1 || !is_product || in[kRows].shape != Shape::of(features, 2)) {
      return error(Error::kUnsupportedShape, "{} bands do not go with {} rows of {} weights", bands, features, taps);
    }
    return std::vector<TensorType>{{DType::kI16, Shape::of(in[0].shape[0], features)}};
  }

  static int64_t macs(const SoundLogs&, const InferInputs& in, std::span<const TensorType> outputs) {
    return outputs[0].shape.elements() * in[kWeights].shape[1];
  }
};

}  // namespace tmc::ops
