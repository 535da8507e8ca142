// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_filter_bank.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_filter_bank(ImportContext& context) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < ops::SignalFilterBank::kInputs; ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i));
  }
  TMC_ASSIGN(const int32_t channels, options.integer("num_channels"));
  const Shape& bands = context.type(inputs[ops::SignalFilterBank::kBinStarts]).shape;
  if (bands.elements() != int64_t{channels} + 1) {
    return error(Error::kMalformed, "it has {} channels, and tables of {} bands", channels, bands.elements());
  }
  return context.finish(ops::SignalFilterBank{}, inputs);
}

}  // namespace tmc::frontend::tflite
