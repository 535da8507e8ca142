// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The estimate of the noise lasts from frame to frame: a state of the graph, which begins at 0.

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_noise_estimate.hpp"
#include "tmc/ops/op/signal_subtraction.hpp"

namespace tmc::frontend::tflite {
namespace {

Result<ops::SignalNoiseEstimate> estimate_of(const CustomOptions& options) {
  ops::SignalNoiseEstimate estimate;
  TMC_ASSIGN(estimate.smoothing, options.integer("smoothing"));
  TMC_ASSIGN(estimate.kept, options.integer("one_minus_smoothing"));
  TMC_ASSIGN(estimate.odd_smoothing, options.integer("alternate_smoothing"));
  TMC_ASSIGN(estimate.odd_kept, options.integer("alternate_one_minus_smoothing"));
  TMC_ASSIGN(estimate.smoothing_bits, options.integer("smoothing_bits"));
  TMC_ASSIGN(estimate.coefficient_bits, options.integer("spectral_subtraction_bits"));
  TMC_ASSIGN(const int32_t clamping, options.integer("clamping"));
  estimate.clamping = clamping != 0;
  return estimate;
}

}  // namespace

Status import_custom_signal_filter_bank_spectral_subtraction(ImportContext& context) {
  if (context.output_count() != 2) return error(Error::kMalformed, "it has no two outputs");
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const ops::SignalNoiseEstimate estimate, estimate_of(options));
  TMC_ASSIGN(const int32_t remaining, options.integer("min_signal_remaining"));
  TMC_ASSIGN(const ir::ValueId channels, context.input(0));
  TMC_ASSIGN(const int32_t count, options.integer("num_channels"));
  FileTensor declared;
  declared.type = context.type(channels);
  if (declared.type.shape.elements() != count) {
    return error(Error::kMalformed, "it is of {} channels, and has an input of {}", count,
                 declared.type.shape.elements());
  }
  const std::string state = context.output_name() + "_noise";
  TMC_ASSIGN(const ir::ValueId before, context.variables().read(state, declared));
  TMC_TRY(context.finish_output(1, estimate, {channels, before}));
  const ir::ValueId noise = context.finished_output(1);
  TMC_TRY(context.variables().write(state, noise));
  return context.finish(ops::SignalSubtraction{remaining, estimate.smoothing_bits, estimate.coefficient_bits},
                        {channels, noise});
}

}  // namespace tmc::frontend::tflite
