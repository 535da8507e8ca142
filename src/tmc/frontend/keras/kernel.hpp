// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as Keras lays them out, and as our operators want them.

#include <vector>

#include "tmc/base/shape.hpp"

namespace tmc::frontend::keras {

// Elements of a tensor of that shape with its axes in another order: axis i of the result is axis perm[i].
std::vector<float> permuted(const std::vector<float>& values, const Shape& shape, const std::vector<int>& perm);

}  // namespace tmc::frontend::keras
