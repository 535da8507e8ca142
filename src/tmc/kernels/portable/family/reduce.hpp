// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/kernels/contract/family/reduce.hpp"
#include "tmc/kernels/portable/detail/reduce.hpp"

namespace tmc::kernels::portable {

template <typename Reduction, typename T>
struct Reduce {
  using Contract = kernels::Reduce<Reduction, T>;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  // Kept strides are at least the output's, so an output never overtakes what is still to be read.
  static constexpr Overlap overlap(const Params&, int) {
    return sizeof(typename Contract::Result) <= sizeof(T) ? kInPlace : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.kept[0] * p.kept[1] * p.kept[2] *
           (30 + Reduction::kInstructions * static_cast<double>(reduced_count(p)));
  }

  static void run(Params p, Buffers b) {
    const auto count = static_cast<int32_t>(reduced_count(p));
    for_each_reduced(
        p, b.input, b.output, [] { return Reduction::template init<T>(); },
        [](auto state, auto x) { return Reduction::step(state, static_cast<T>(x)); },
        [count](auto state) { return Reduction::finish(state, count); });
  }
};

}  // namespace tmc::kernels::portable
