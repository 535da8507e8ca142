// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/local_response.hpp"
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

Status import_local_response_normalization(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::LocalResponseNormalizationOptions>());
  TMC_ASSIGN(const ir::ValueId x, context.input(0));
  const int rank = context.type(x).shape.rank();
  if (rank != 4) return error(Error::kUnsupportedShape, "its input has rank {}, expected 4", rank);
  if (options->radius() < 0) return error(Error::kMalformed, "its radius is {}", options->radius());
  const auto real = [](float value) { return static_cast<double>(value); };
  return finish_local_response(context, x,
                               {.axis = rank - 1,
                                .before = options->radius(),
                                .after = options->radius(),
                                .weight = real(options->alpha()),
                                .bias = real(options->bias()),
                                .beta = real(options->beta())});
}

}  // namespace tmc::frontend::tflite
