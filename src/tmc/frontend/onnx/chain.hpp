// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Appends one node after the other, each named after what it is.
class Chain {
 public:
  explicit Chain(ImportContext& context) : context_(context) {}

  Result<ir::ValueId> unary(const std::string& name, const ops::AnyOp& op, ir::ValueId x) {
    return context_.append(name, op, {x});
  }
  Result<ir::ValueId> binary(const std::string& name, const ops::AnyOp& op, ir::ValueId a, ir::ValueId b) {
    return context_.append(name, op, {a, b});
  }
  Result<ir::ValueId> with(const std::string& name, const ops::AnyOp& op, ir::ValueId x, float number) {
    return context_.append(name, op, {x, context_.append_scalar(name + "_number", number)});
  }

 private:
  ImportContext& context_;
};

}  // namespace tmc::frontend::onnx_format
