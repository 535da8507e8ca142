// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

// (x - offset) * scale, of every feature or of each.
Status import_ml_scaler(ImportContext& context) {
  TMC_ASSIGN(const std::vector<float> offset, context.attributes().reals("offset"));
  TMC_ASSIGN(const std::vector<float> scale, context.attributes().reals("scale"));
  TMC_ASSIGN(const ir::ValueId input, real_input(context));
  TMC_ASSIGN(const ir::ValueId offsets, append_reals(context, "_offset", Shape::of(std::ssize(offset)), offset));
  TMC_ASSIGN(const ir::ValueId scales, append_reals(context, "_scale", Shape::of(std::ssize(scale)), scale));
  TMC_ASSIGN(const ir::ValueId centred, context.append("_centred", ops::Sub{}, {input, offsets}));
  return context.finish(ops::Mul{}, {centred, scales});
}

}  // namespace tmc::frontend::onnx_format
