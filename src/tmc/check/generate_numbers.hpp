// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tokens as numbers, of a decoder that has no tokenizer at hand.

#include <functional>

#include "tmc/check/text_settings.hpp"

namespace tmc::check {

// `give` gets the tokens of `begin` as they are read, and then after each token the one that the sampler chooses, until
// `steps` tokens were read. Gives the microseconds that each of these took.
// Errors: kBadUsage where the window is full, a token is none of the model's, there is none to begin with, or the
// target does not run in this process.
Result<std::vector<double>> generate_numbers(const Compilation& compilation, const TextSettings& settings,
                                             const std::vector<int32_t>& begin, int64_t steps,
                                             const std::function<void(int32_t token)>& give);

}  // namespace tmc::check
