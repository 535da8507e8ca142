// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The exporter of ArgMax and ArgMin: `last` is the attribute select_last_index.

#include "tmc/exporter/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::exporter::onnx_format {

template <typename Op>
Status export_arg(ExportContext& context, const std::string& type, int64_t last) {
  const Op& op = context.op<Op>();
  const int rank = context.input_shape(0).rank();
  TMC_ASSIGN(const std::string input, context.input(0, identity_order(rank)));
  const Attributes attributes = {
      {"axis", op.axes.front()}, {"keepdims", int64_t{op.keep_dims}}, {"select_last_index", last}};
  return context.finish(type, {input}, attributes, identity_order(op.keep_dims ? rank : rank - 1));
}

}  // namespace tmc::exporter::onnx_format
