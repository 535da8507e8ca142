// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What the last frames left behind is a state, which begins as zeros.

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/signal_overlap_add.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_overlap_add(ImportContext& context) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t step, options.integer("frame_step", 1));
  TMC_ASSIGN(const ir::ValueId frames, context.input(0));
  const Shape shape = context.type(frames).shape;
  const int rank = shape.rank();
  if (rank < 2 || step > shape[rank - 1]) {
    return error(Error::kUnsupportedShape, "it takes steps of {} in frames of {}", step, rank < 2 ? 0 : shape.back());
  }
  Shape joined;
  for (int axis = 0; axis + 2 < rank; ++axis) joined.push_back(shape[axis]);
  Shape kept = joined;
  kept.push_back(shape[rank - 1] - step);
  joined.push_back(shape[rank - 2] * step);
  if (kept.back() == 0) return context.finish(ops::Reshape{{joined.begin(), joined.end()}}, {frames});
  FileTensor past;
  past.type = {context.type(frames).dtype, kept};
  past.quantization = context.quantization(frames);
  const std::string state = context.output_name() + "_past";
  TMC_ASSIGN(const ir::ValueId before, context.variables().read(state, past));
  TMC_ASSIGN(const ir::ValueId sums,
             context.append("_sums", ops::SignalOverlapAdd{step}, {frames, before}, past.quantization));
  ops::Slice rest = ops::Slice::whole(context.type(sums).shape), finished = rest;
  rest.read(rank - 2, joined.back(), kept.back());
  finished.read(rank - 2, 0, joined.back());
  TMC_ASSIGN(const ir::ValueId after, context.append("_kept", std::move(rest), {sums}, past.quantization));
  TMC_TRY(context.variables().write(state, after));
  return context.finish(std::move(finished), {sums});
}

}  // namespace tmc::frontend::tflite
