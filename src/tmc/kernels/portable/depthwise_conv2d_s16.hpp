// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: the convolution with as many groups as input channels.

#include "tmc/kernels/contract/depthwise_conv2d_s16.hpp"
#include "tmc/kernels/portable/conv2d_s16.hpp"

namespace tmc::kernels::portable {

struct DepthwiseConv2dS16 {
  using Contract = kernels::DepthwiseConv2dS16;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) { return p.groups == p.input_c && Conv2dS16::applies(p); }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
  static constexpr double instructions(const Params& p) { return Conv2dS16::instructions(p); }
  static void run(Params p, Buffers b) { Conv2dS16::run(p, b); }
};

}  // namespace tmc::kernels::portable
