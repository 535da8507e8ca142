// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <vector>

#include "tmc/ops/op_info.hpp"

namespace tmc::testing {

// The types of all operands of an operator that any shapes hardly are; none where the operator is another.
std::vector<ops::TensorType> known_operands(std::mt19937& rng, const ops::OpInfo& info);

}  // namespace tmc::testing
