// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The equation of an Einsum: which label each axis of each operand bears.

#include <map>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"

namespace tmc::frontend::onnx_format {

struct Equation {
  std::vector<std::string> operands;  // one label for each axis; those of an ellipsis are digits
  std::string output;
  std::map<char, int64_t> extents;  // of every label; where operands broadcast, of the longer ones
};

// kMalformed for an equation that does not fit the shapes. Without an output, that is the labels that are there once,
// in the order of letters, behind those of the ellipsis.
Result<Equation> parse_equation(const std::string& equation, const std::vector<Shape>& shapes);

}  // namespace tmc::frontend::onnx_format
