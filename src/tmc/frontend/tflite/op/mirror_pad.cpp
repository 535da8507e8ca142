// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_mirror_pad(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::MirrorPadOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> pads, read_pads(context));
  const char* const mode = options->mode() == schema::MirrorPadMode::REFLECT ? "reflect" : "symmetric";
  TMC_ASSIGN(ops::Gather op, extension(context.budget(), mode, context.type(input).shape, pads));
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::tflite
