// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// SmoothQuant's factors (Xiao et al. 2022, arXiv:2211.10438, equation 4): what a channel is divided by on one side and
// multiplied with on the other.

#include "tmc/quant/correction/channel_source.hpp"

namespace tmc::quant {

// With 1 the side that is divided gets channels of one size, with 0 the other one.
inline constexpr float kSmoothingExponents[] = {0, 0.25F, 0.5F, 0.65F, 0.8F, 0.9F, 1};
// A factor is at most that, and at least the inverse.
inline constexpr float kMostFactor = 1024;
// A place is changed where that leaves no more than this of its noise: less could be chance.
inline constexpr double kWorthwhileShare = 0.95;

// divided^a / multiplied^(1 - a) of the largest magnitudes, over the geometric mean of all; 1 where a channel holds
// nothing. Those tied are alike.
std::vector<float> smoothing_factors(std::vector<float> divided, std::vector<float> multiplied, float exponent,
                                     const Ties& ties);

}  // namespace tmc::quant
