// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution of any window, in groups or not, with any number of channels, for what the other implementations refuse:
// pixel by pixel and group by group the window is copied and widened into scratch, then blocks of four output channels
// run over it (detail/single_rows.hpp).

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"
#include "tmc/kernels/armv7em/detail/single_rows.hpp"
#include "tmc/kernels/armv7em/detail/single_windows.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

// Of channels whose requantisation has a short form (detail/channel.hpp) or of any (detail/long_channel.hpp).
template <typename AnyChannel>
struct Conv2dS8SingleOf : ImplementationOf<kernels::Conv2dS8>, SingleWindows {
  using Params = SingleWindows::Params;

  static constexpr int64_t scratch_bytes(const Params& p) { return 24 * int64_t{steps(p)} + 16 * int64_t{blocks(p)}; }
  // The window of a pixel is read as a whole before its outputs are written, unless they are made group by group.
  static constexpr Overlap overlap(const Params& p, int) { return p.groups == 1 ? forward_overlap(p, 1) : kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    const double pixels = 1.0 * p.batch * p.output_h * p.output_w * p.groups;
    return 50 + pixels * (70 + copy_instructions(p) + 20 * steps(p) + blocks(p) * (90.0 + 38 * steps(p)));
  }

  static void run(Params p, Buffers b) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    int32_t* sums = lanes + 4 * steps(p);
    auto* values = reinterpret_cast<int8_t*>(sums + 4 * blocks(p));
    const auto* weights = static_cast<const int32_t*>(b.weights);
    const auto* channels = static_cast<const AnyChannel*>(b.channels);
    int8_t* output = b.output;
    for_each(p, b.input, values, [&](const int8_t* window, int32_t group) {
      const AnyChannel* of_group = channels + group * 4 * blocks(p);
      widen_steps(window, window_values(p), lanes);
      begin_sums(of_group, blocks(p), sums);
      add_single_rows(lanes, weights + group * blocks(p) * 8 * steps(p), steps(p), steps(p), blocks(p), sums);
      requantize_sums(sums, of_group, output_depth(p), p.output_zero_point, output);
      output += output_depth(p);
    });
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

  static constexpr int32_t steps(const Params& p) { return steps_of_eight(window_values(p)); }
};

struct Conv2dS8Single : Conv2dS8SingleOf<WideChannel> {};

// conv2d_s8_single for requantisations that it refuses: in the long form of detail/long_channel.hpp.
struct Conv2dS8SingleLong : Conv2dS8SingleOf<LongFormChannel> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS8SingleOf::instructions(p) + 3.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
