// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/lstm.hpp"
#include "tmc/frontend/onnx/recurrent.hpp"

namespace tmc::frontend::onnx_format {

Status import_LSTM(ImportContext& context) {
  TMC_ASSIGN(const int64_t input_forget, context.attributes().integer("input_forget", 0));
  return import_recurrent(context, ops::Lstm::kForm, ops::Lstm{}.functions, [&](const Direction& of) {
    return ops::Lstm{.reverse = of.reverse,
                     .sequence = of.sequence,
                     .cell = of.cell,
                     .input_forget = input_forget != 0,
                     .clip = of.clip,
                     .functions = of.functions};
  });
}

}  // namespace tmc::frontend::onnx_format
