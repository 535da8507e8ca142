// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inputs and outputs of a model, and which operands of its steps are another memory's when that is bound in place of
// the arena's.

#include <cstdint>
#include <span>
#include <vector>

#include "tmc/engine/step_check.hpp"

namespace tmc::engine {

struct Port {
  enum class Kind : uint8_t { kInput, kOutput };
  const image::Tensor* tensor = nullptr;
  std::vector<int32_t> shape;
  uint64_t bytes = 0;
  // Whether steps may use the caller's memory: the tensor has its buffer for itself, it is no state, and of an input no
  // step writes there.
  bool can_move = false;
  std::vector<uint32_t> operands;  // of the image's table, in that buffer
};

// `ends` by operand: step_check.hpp. kMalformed: a tensor that lies outside its buffer or within an element, or whose
// scales do not belong to its shape.
Result<std::vector<Port>> ports_of(const image::Image& image, std::span<const StepView> steps,
                                   std::span<const uint64_t> ends, Port::Kind kind);

}  // namespace tmc::engine
