// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the implementations of conv2d_s8_w16 have in common.

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/single_rows.hpp"
#include "tmc/kernels/armv7em/detail/single_windows.hpp"

namespace tmc::kernels::armv7em {

struct WideWeightConvolution : ImplementationOf<kernels::Conv2dS8W16>, SingleWindows {
  using Params = SingleWindows::Params;

  // A requantisation as detail/single_rows.hpp wants it.
  struct Form {
    Requantization form;
    constexpr const Requantization& requantization() const { return form; }
  };

  static constexpr int32_t groups_of_window(const Params& p) { return groups_of_four(window_values(p)); }
  static constexpr int32_t group_weights(const Params& p) { return blocks(p) * 8 * groups_of_window(p); }
  static constexpr int32_t group_words(const Params& p) { return 4 * blocks(p) * 3; }  // of channels

  static void clamp_outputs(const Params& p, int8_t* output) {
    if (p.activation_min <= -128 && p.activation_max >= 127) return;
    clamp_values(output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
  }
};

}  // namespace tmc::kernels::armv7em
