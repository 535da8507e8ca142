// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Permutations of axes, in the sense of the transpose operator: output axis i is input axis perm[i].

#include <cstdint>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::ir {

using Permutation = std::vector<int64_t>;

inline const Permutation kNchwToNhwc = {0, 2, 3, 1};
inline const Permutation kNhwcToNchw = {0, 3, 1, 2};

Permutation inverse(const Permutation& perm);
// First `first`, then `second`.
Permutation compose(const Permutation& first, const Permutation& second);
bool is_identity(const Permutation& perm);
// Whether the permutation leaves the order of the elements: only axes of extent 1 change places with others.
bool keeps_element_order(const Permutation& perm, const Shape& shape);

Shape permute(const Shape& shape, const Permutation& perm);
// The quantised axis follows its axis.
Quantization permute(Quantization quantization, const Permutation& perm);
// The elements in their new order; `type` is that of `data`.
TensorData permute(const TensorData& data, const TensorType& type, const Permutation& perm);

}  // namespace tmc::ir
