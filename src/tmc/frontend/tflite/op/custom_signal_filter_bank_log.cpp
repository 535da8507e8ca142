// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_log.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_filter_bank_log(ImportContext& context) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t scale, options.integer("output_scale"));
  TMC_ASSIGN(const int32_t bits, options.integer("input_correction_bits"));
  TMC_ASSIGN(const ir::ValueId channels, context.input(0));
  return context.finish(ops::SignalLog{scale, bits}, {channels});
}

}  // namespace tmc::frontend::tflite
