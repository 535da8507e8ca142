// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the exporters of LSTM, GRU and RNN share: a node of one direction, whose operands get the axis of directions.

#include "tmc/exporter/onnx/export_context.hpp"
#include "tmc/ops/recurrent.hpp"

namespace tmc::exporter::onnx_format {

// What the operator says, beside its own attributes.
struct RecurrentOptions {
  bool reverse;
  bool sequence;
  bool cell;
  double clip;
  std::string_view functions, default_functions;
};

// kUnsupportedOp for functions beyond sigmoid, tanh and relu.
Status export_recurrent(ExportContext& context, const std::string& type, const ops::RecurrentForm& form,
                        const RecurrentOptions& options, Attributes attributes);

}  // namespace tmc::exporter::onnx_format
