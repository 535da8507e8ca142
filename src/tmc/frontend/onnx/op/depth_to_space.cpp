// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {

// Channels become blocks of pixels: split, permuted, joined again.
Status import_depth_to_space(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  TMC_ASSIGN(const int64_t block, context.attributes().integer("blocksize", 0));
  TMC_ASSIGN(const std::string mode, context.attributes().text("mode", "DCR"));
  const Shape shape = context.type(input).shape;
  if (shape.rank() != 4 || block < 1 || shape[1] % block != 0 || shape[1] / block % block != 0) {
    return error(Error::kMalformed, "blocks of {} do not divide its input", block);
  }
  if (mode != "DCR" && mode != "CRD") return error(Error::kMalformed, "its mode is '{}'", mode);
  const int64_t depth = shape[1] / (block * block);
  const bool depth_first = mode == "CRD";
  const std::vector<int64_t> split = depth_first ? std::vector{shape[0], depth, block, block, shape[2], shape[3]}
                                                 : std::vector{shape[0], block, block, depth, shape[2], shape[3]};
  const std::vector<int64_t> perm =
      depth_first ? std::vector<int64_t>{0, 1, 4, 2, 5, 3} : std::vector<int64_t>{0, 3, 4, 1, 5, 2};
  TMC_ASSIGN(input, context.append("_split", ops::Reshape{split}, {input}));
  TMC_ASSIGN(input, context.append("_permuted", ops::Transpose{perm}, {input}));
  return context.finish(ops::Reshape{{shape[0], depth, shape[2] * block, shape[3] * block}}, {input});
}

}  // namespace tmc::frontend::onnx_format
