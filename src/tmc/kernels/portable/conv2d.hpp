// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/kernels/common/table_after.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/portable/detail/direct_layers.hpp"

namespace tmc::kernels::portable {

// The reference for bits: one output at a time, tap by tap, with padding skipped.
struct Conv2dS8 : ImplementationOf<kernels::Conv2dS8> {
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (30 + p.kernel_h * p.kernel_w * (10 + 8.0 * p.input_c / p.groups));
  }

  static void run(Params p, Buffers b) { convolve_directly<int8_t>(p, b); }
};

// The reference for bits: the convolution, then the table.
struct Conv2dS8Table : ImplementationOf<kernels::Conv2dS8Table> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS8::instructions(p) + 6.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }

  static void run(Params p, Buffers b) {
    Conv2dS8::run(p, without_table(b));
    look_up(b.table, b.output, p.batch * p.output_h * p.output_w * p.output_c);
  }
};

// The reference for bits: one output at a time (portable/detail/direct_layers.hpp).
struct Conv2dS8W16 : ImplementationOf<kernels::Conv2dS8W16> {
  static constexpr double instructions(const Params& p) { return Conv2dS8::instructions(p); }
  static void run(Params p, Buffers b) { convolve_directly<int8_t>(p, b); }
};

// The reference for bits: one output at a time (portable/detail/direct_layers.hpp).
struct Conv2dS16 : ImplementationOf<kernels::Conv2dS16> {
  static constexpr bool applies(const Params& p) { return Contract::is_symmetric(p); }
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (40 + p.kernel_h * p.kernel_w * (10 + 8.0 * p.input_c / p.groups));
  }
  static void run(Params p, Buffers b) { convolve_directly<int16_t>(p, b); }
};

// The reference for bits: the convolution with as many groups as input channels.
struct DepthwiseConv2dS8 : Conv2dS8 {
  using Contract = kernels::DepthwiseConv2dS8;

  static constexpr bool applies(const Params& p) { return p.groups == p.input_c; }
};

// The reference for bits: the convolution with as many groups as input channels.
struct DepthwiseConv2dS16 : Conv2dS16 {
  using Contract = kernels::DepthwiseConv2dS16;

  static constexpr bool applies(const Params& p) { return p.groups == p.input_c && Conv2dS16::applies(p); }
};

}  // namespace tmc::kernels::portable
