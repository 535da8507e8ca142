// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rnn.hpp"
#include "tmc/frontend/onnx/recurrent.hpp"

namespace tmc::frontend::onnx_format {

Status import_RNN(ImportContext& context) {
  return import_recurrent(context, ops::Rnn::kForm, ops::Rnn{}.functions, [](const Direction& of) {
    return ops::Rnn{.reverse = of.reverse, .sequence = of.sequence, .clip = of.clip, .functions = of.functions};
  });
}

}  // namespace tmc::frontend::onnx_format
