// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gru.hpp"
#include "tmc/frontend/onnx/recurrent.hpp"

namespace tmc::frontend::onnx_format {

Status import_GRU(ImportContext& context) {
  TMC_ASSIGN(const int64_t linear_before_reset, context.attributes().integer("linear_before_reset", 0));
  return import_recurrent(context, ops::Gru::kForm, ops::Gru{}.functions, [&](const Direction& of) {
    return ops::Gru{.reverse = of.reverse,
                    .sequence = of.sequence,
                    .linear_before_reset = linear_before_reset != 0,
                    .clip = of.clip,
                    .functions = of.functions};
  });
}

}  // namespace tmc::frontend::onnx_format
