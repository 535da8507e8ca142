// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits (detail/hybrid_outputs.hpp), with weights in bytes.

#include "tmc/kernels/portable/detail/hybrid_outputs.hpp"

namespace tmc::kernels::portable {

struct Conv2dHybrid : HybridOutputs<Conv2dHybrid, kernels::Conv2dHybrid> {
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (30 + p.kernel_h * p.kernel_w * (10 + 8.0 * p.input_c / p.groups));
  }

  class Taps {
   public:
    Taps(const Params& p, const Buffers& b, int32_t zero_point, int32_t channel)
        : depth_(p.input_c / p.groups),
          first_channel_(channel / (p.output_c / p.groups) * depth_),
          zero_point_(zero_point),
          weights_(static_cast<const int8_t*>(b.weights) + channel * p.kernel_h * p.kernel_w * depth_) {}

    uint32_t sum(const int8_t* pixel, int32_t tap) const {
      const int8_t* weights = weights_ + tap * depth_;
      int32_t sum = 0;
      for (int32_t c = 0; c < depth_; ++c) sum += (pixel[first_channel_ + c] - zero_point_) * weights[c];
      return static_cast<uint32_t>(sum);
    }

   private:
    int32_t depth_, first_channel_, zero_point_;
    const int8_t* weights_;
  };
};

}  // namespace tmc::kernels::portable
