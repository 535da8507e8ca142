// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a graph knows of an operator that the user brings along (`--custom`): its name, its attributes and its shape
// rule. Whoever reads the description (tmc/custom) implements it. Immutable; may be shared by threads.

#include <string>
#include <vector>

#include "tmc/ops/op_info.hpp"

namespace tmc::ops {

// Of every attribute in the order of the description, its numbers: one, or those of a list. Integers fit 32 bits.
using CustomValues = std::vector<std::vector<double>>;

class CustomRule {
 public:
  virtual ~CustomRule() = default;
  // kUnsupportedType or kUnsupportedShape where the inputs are others than those of the description.
  virtual Inferred infer(const CustomValues& values, const InferInputs& inputs) const = 0;
};

}  // namespace tmc::ops
