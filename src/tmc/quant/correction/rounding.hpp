// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rounding of the weights of output channels that read the same inputs, so that the channels' outputs change least.
//
// Rounding errors e change a channel's outputs by an energy of e^T H e, where H are the second moments of what the
// weights are multiplied with (Nagel et al., "Up or Down? Adaptive Rounding for Post-Training Quantization", ICML 2020,
// equation 8). Every weight may go up or down. Single weights change, in short channels pairs of them too, as long as
// that lowers the energy; this is deterministic. The energy's gradients of many channels are one product of matrices,
// and a change costs one column of H. Nearer minima of the energy were tried (the nearest plane of the lattice that H
// spans, as GPTQ takes it): on rows that were not measured they serve no better, or worse.

#include <cstdint>
#include <span>

namespace tmc::quant {

// Of channels that read the same inputs.
struct RoundingProblem {
  std::span<const double> weights;  // [channels, length], each in steps of its own grid
  std::span<const int32_t> grid;    // [channels, length]: the size of these steps; empty: all ones
  std::span<const double> moments;  // [length, length], symmetric
  int32_t low = 0, high = 0;        // of the integers
};

// `integers`, [channels, length]: where to start, within one of the weights, or a limit that is nearer to zero, where a
// weight then stays; overwritten with integers within [low, high]. Returns the energy that was saved, as a share of
// what it was: 0 where nothing changed. No channel's energy rises.
double round_adaptively(const RoundingProblem& problem, std::span<int8_t> integers);

}  // namespace tmc::quant
