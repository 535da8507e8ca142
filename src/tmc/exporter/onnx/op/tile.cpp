// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tile.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_tile(ExportContext& context) {
  const auto& op = context.op<ops::Tile>();
  TMC_ASSIGN(const std::string input, context.input(0, identity_order(context.input_shape(0).rank())));
  return context.finish("Tile", {input, context.integers("repeats", op.repeats)}, {},
                        identity_order(static_cast<int>(op.repeats.size())));
}

}  // namespace tmc::exporter::onnx_format
