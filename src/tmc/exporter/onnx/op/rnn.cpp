// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rnn.hpp"
#include "tmc/exporter/onnx/recurrent.hpp"

namespace tmc::exporter::onnx_format {

Status export_rnn(ExportContext& context) {
  const auto& op = context.op<ops::Rnn>();
  return export_recurrent(context, "RNN", ops::Rnn::kForm,
                          {op.reverse, op.sequence, false, op.clip, op.functions, ops::Rnn{}.functions}, {});
}

}  // namespace tmc::exporter::onnx_format
