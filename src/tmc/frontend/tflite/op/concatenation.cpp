// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/requantize.hpp"

namespace tmc::frontend::tflite {

// Inputs in another scale than the output's are requantised first: joining moves integers.
Status import_concatenation(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::ConcatenationOptions>());
  TMC_TRY(context.fuse_behind(options->fused_activation_function()));
  TMC_ASSIGN(const FileTensor output, context.output());
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(ir::ValueId input, context.input(i));
    const bool quantized = !context.quantization(input).empty() && !output.quantization.empty();
    if (quantized && context.quantization(input) != output.quantization) {
      TMC_ASSIGN(input, context.append(fmt::format("_part{}", i), ops::Requantize{.dtype = output.type.dtype}, {input},
                                       output.quantization));
    }
    inputs.push_back(input);
  }
  return context.finish(ops::Concat{.axis = options->axis()}, std::move(inputs));
}

}  // namespace tmc::frontend::tflite
