// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_pcan.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_pcan(ImportContext& context) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t shift, options.integer("snr_shift"));
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < 3; ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i));
  }
  return context.finish(ops::SignalPcan{shift}, inputs);
}

}  // namespace tmc::frontend::tflite
