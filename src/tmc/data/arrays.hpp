// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Data of a model's inputs and outputs on their way through the compiler and the checks.

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tmc/base/host/npy.hpp"

namespace tmc::data {

// Tensors by name, each with the samples stacked along a new first axis.
using NamedArrays = std::map<std::string, NpyArray>;
using TensorBytes = std::vector<std::byte>;
// The bytes of every input (output) tensor, in the model's order.
using Ports = std::vector<TensorBytes>;

}  // namespace tmc::data
