// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits (detail/hybrid_outputs.hpp), a group of weights after another.

#include "tmc/kernels/contract/conv2d_hybrid_s4.hpp"
#include "tmc/kernels/portable/detail/hybrid_outputs.hpp"

namespace tmc::kernels::portable {

struct Conv2dHybridS4 : HybridOutputs<Conv2dHybridS4, kernels::Conv2dHybridS4> {
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (30 + p.kernel_h * p.kernel_w * (20 + 12.0 * p.input_c));
  }

  // Integers of all channels, the first of two in the lower bits of a byte; then a byte for each group: its multiplier
  // in the lower bits, its zero point in the upper ones.
  static constexpr int32_t integer_bytes(const Params& p) { return (p.output_c * Contract::inputs(p) + 1) / 2; }

  class Taps {
   public:
    Taps(const Params& p, const Buffers& b, int32_t zero_point, int32_t channel)
        : p_(p),
          zero_point_(zero_point),
          first_(channel * Contract::inputs(p)),
          integers_(static_cast<const uint8_t*>(b.weights)),
          groups_(integers_ + integer_bytes(p) + channel * Contract::groups(p)) {}

    // Of groups, as far as they are in the tap.
    uint32_t sum(const int8_t* pixel, int32_t tap) const {
      const int32_t first = tap * p_.input_c;
      uint32_t sum = 0;
      for (int32_t i = first; i < first + p_.input_c;) {
        const int32_t group = i / p_.group_inputs;
        const int32_t group_end = (group + 1) * p_.group_inputs;
        const int32_t end = group_end < first + p_.input_c ? group_end : first + p_.input_c;
        const int32_t multiplier = groups_[group] & 15, less = groups_[group] >> 4;
        int32_t part = 0;
        for (; i < end; ++i) part += (*pixel++ - zero_point_) * (integer(i) - less);
        sum += static_cast<uint32_t>(part) * static_cast<uint32_t>(multiplier);
      }
      return sum;
    }

   private:
    // Of the channel's weight `index`.
    int32_t integer(int32_t index) const {
      const auto at = static_cast<uint32_t>(first_ + index);
      return integers_[at / 2] >> (at % 2 * 4) & 15;
    }

    const Params& p_;
    int32_t zero_point_, first_;
    const uint8_t* integers_;
    const uint8_t* groups_;
  };
};

}  // namespace tmc::kernels::portable
