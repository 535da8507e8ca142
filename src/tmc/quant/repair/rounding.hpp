// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rounding of one output channel's weights so that its outputs change least.
//
// Rounding errors e (in steps) change the channel's outputs by an energy of e^T H e, where H are the second moments of
// what the weights are multiplied with (Nagel et al., "Up or Down? Adaptive Rounding for Post-Training Quantization",
// ICML 2020, equation 8). Every weight may go up or down. Single weights change, then pairs of them, as long as that
// lowers the energy; this is deterministic and ends where no change of one or two weights helps.

#include <cstdint>
#include <span>

namespace tmc::quant {

// `steps`: the weights in steps of their scale. `integers`: where to start, within one of these, or a limit that is
// nearer to zero, where a weight then stays; overwritten with
// integers within [low, high]. `moments`: [n, n], symmetric. Returns the energy that was saved, as a share of what it
// was: 0 where nothing changed.
double round_adaptively(std::span<const double> steps, std::span<const double> moments, int32_t low, int32_t high,
                        std::span<int8_t> integers);

}  // namespace tmc::quant
