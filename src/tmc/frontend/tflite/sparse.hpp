// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sparse tensors as the format has them (tensorflow/lite/schema, SparsityParameters; after Kjolstad et al., The Tensor
// Algebra Compiler, 2017). The axes of the tensor, some of them cut into blocks, are traversed in an order. An axis is
// dense, or says for each place before it which of its indices are there; elements that are in the file follow in that
// order, all others are zero.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/frontend/common/constants.hpp"
#include "tmc/frontend/tflite/tflite_generated.h"

namespace tmc::frontend::tflite {

// The dense bytes of a sparse tensor of that type, which are taken from the budget before they are made. kMalformed for
// what does not hold together, naming the tensor; `stored` are the elements in the file.
Result<std::vector<std::byte>> densified(const schema::SparsityParameters& sparsity, const ops::TensorType& type,
                                         std::span<const std::byte> stored, std::string_view name,
                                         ConstantBudget& budget);

}  // namespace tmc::frontend::tflite
