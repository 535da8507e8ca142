// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {

// Blocks of pixels become channels: split, permuted, joined again.
Status import_space_to_depth(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  TMC_ASSIGN(const int64_t block, context.attributes().integer("blocksize", 0));
  const Shape shape = context.type(input).shape;
  if (shape.rank() != 4 || block < 1 || shape[2] % block != 0 || shape[3] % block != 0) {
    return error(Error::kMalformed, "blocks of {} do not divide its input", block);
  }
  const int64_t height = shape[2] / block;
  const int64_t width = shape[3] / block;
  const std::vector<int64_t> split = {shape[0], shape[1], height, block, width, block};
  TMC_ASSIGN(input, context.append("_split", ops::Reshape{split}, {input}));
  TMC_ASSIGN(input, context.append("_permuted", ops::Transpose{{0, 3, 5, 1, 2, 4}}, {input}));
  return context.finish(ops::Reshape{{shape[0], shape[1] * block * block, height, width}}, {input});
}

}  // namespace tmc::frontend::onnx_format
