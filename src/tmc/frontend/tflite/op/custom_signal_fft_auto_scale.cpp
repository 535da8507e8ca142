// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_scale.hpp"
#include "tmc/ops/op/signal_scale_bits.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_fft_auto_scale(ImportContext& context) {
  if (context.output_count() != 2) return error(Error::kMalformed, "it has no two outputs");
  TMC_ASSIGN(const ir::ValueId frame, context.input(0));
  TMC_TRY(context.finish_output(1, ops::SignalScaleBits{}, {frame}));
  const ir::ValueId bits = context.finished_output(1);
  return context.finish(ops::SignalScale{}, {frame, bits});
}

}  // namespace tmc::frontend::tflite
