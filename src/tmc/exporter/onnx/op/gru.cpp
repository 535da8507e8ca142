// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gru.hpp"
#include "tmc/exporter/onnx/recurrent.hpp"

namespace tmc::exporter::onnx_format {

Status export_gru(ExportContext& context) {
  const auto& op = context.op<ops::Gru>();
  Attributes attributes;
  if (op.linear_before_reset) attributes.push_back({"linear_before_reset", int64_t{1}});
  return export_recurrent(context, "GRU", ops::Gru::kForm,
                          {op.reverse, op.sequence, false, op.clip, op.functions, ops::Gru{}.functions}, attributes);
}

}  // namespace tmc::exporter::onnx_format
