// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/lstm.hpp"
#include "tmc/exporter/onnx/recurrent.hpp"

namespace tmc::exporter::onnx_format {

Status export_lstm(ExportContext& context) {
  const auto& op = context.op<ops::Lstm>();
  if (op.cells || op.cell_clip != 0) {
    return error(Error::kUnsupportedOp, "its cell is {}, which ONNX has not",
                 op.cells ? "given after every step" : "clipped");
  }
  Attributes attributes;
  if (op.input_forget) attributes.push_back({"input_forget", int64_t{1}});
  return export_recurrent(context, "LSTM", ops::Lstm::kForm,
                          {op.reverse, op.sequence, op.cell, op.clip, op.functions, ops::Lstm{}.functions}, attributes);
}

}  // namespace tmc::exporter::onnx_format
