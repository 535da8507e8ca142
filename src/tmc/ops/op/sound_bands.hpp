// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SoundBands {
  static constexpr const char* kName = "sound_bands";
  static constexpr const char* kDoc =
      "Mel bands u32 [frames, bands] of a sound's samples i16 [n], a unit of which is 2^-`unit_bits` of full scale. A "
      "frame is as long as the window, i16 in 2^-15ths, and begins `hop` behind the one before; a sample less "
      "`pre_emphasis` 2^-15ths of the one before it, with `skip` 1 the first one is only that. The magnitudes of its "
      "spectrum of `length` points are added up under triangles: from bin `first_bin` on, each of the `widths` i16 "
      "[bands + 1] says how many bins rise to the next band, to which they give their weights u16 in 2^-15ths, and "
      "what is left to the band before. Inputs: samples, window, weights, widths; all but the first are constants.";

  // The inputs, in their order.
  static constexpr size_t kWindow = 1, kWeights = 2, kWidths = 3, kInputs = 4;

  int32_t hop = 160;
  int32_t length = 512;
  int32_t first_bin = 0;
  int32_t pre_emphasis = 0;
  int32_t unit_bits = 14;
  int32_t skip = 0;

  static constexpr auto fields() {
    using Op = SoundBands;
    return std::tuple{Field{"hop", &Op::hop},
                      Field{"length", &Op::length},
                      Field{"first_bin", &Op::first_bin},
                      Field{"pre_emphasis", &Op::pre_emphasis},
                      Field{"unit_bits", &Op::unit_bits},
                      Field{"skip", &Op::skip}};
  }

  static Inferred infer(const SoundBands& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, kInputs, kInputs));
    TMC_TRY(check_vector(in, 0, DType::kI16));
    TMC_TRY(check_vector(in, kWindow, DType::kI16));
    TMC_TRY(check_vector(in, kWeights, DType::kU16));
    TMC_TRY(check_vector(in, kWidths, DType::kI16));
    TMC_TRY(check_attribute("hop", op.hop, 1, INT32_MAX));
    TMC_TRY(check_attribute("first_bin", op.first_bin, 0, 1 << 15));
    TMC_TRY(check_attribute("pre_emphasis", op.pre_emphasis, -(1 << 15), 1 << 15));
    TMC_TRY(check_attribute("unit_bits", op.unit_bits, 14, 29));
    TMC_TRY(check_attribute("skip", op.skip, 0, 1));
    if (op.length < 8 || op.length > 1 << 16 || (op.length & (op.length - 1)) != 0) {
      return error(Error::kUnsupportedShape, "a transform of {} points, not a power of two from 8 to 65536", op.length);
    }
    const int64_t window = in[kWindow].shape[0], bands = in[kWidths].shape[0] - 1;
    const int64_t samples = in[0].shape[0] - op.skip;
    if (window < 1 || window > op.length || samples < window || bands < 1) {
      return error(Error::kUnsupportedShape, "{} samples and {} bands, with windows of {} and transforms of {} points",
                   samples, bands, window, op.length);
    }
    return std::vector<TensorType>{{DType::kU32, Shape::of((samples - window) / op.hop + 1, bands)}};
  }
};

}  // namespace tmc::ops
