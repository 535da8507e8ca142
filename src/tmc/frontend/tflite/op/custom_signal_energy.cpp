// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_energy.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_energy(ImportContext& context) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t start, options.integer("start_index"));
  TMC_ASSIGN(const int32_t end, options.integer("end_index"));
  TMC_ASSIGN(const ir::ValueId spectrum, context.input(0));
  return context.finish(ops::SignalEnergy{start, end}, {spectrum});
}

}  // namespace tmc::frontend::tflite
