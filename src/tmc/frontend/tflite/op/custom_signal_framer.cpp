// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Overlapping frames of a stream, with whether all of them are of samples that came in. Where the stream begins with
// zeros (prefill) they are; else runs are counted, by a state. Frames that are not are unspecified in the format.

#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/tflite/stream.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {
namespace {

struct Framing {
  int64_t size, step, frames;
  bool prefilled;

  // Steps of samples until there is a frame of them.
  int64_t steps() const { return (size + step - 1) / step; }
  int64_t kept() const { return prefilled ? size - step : (steps() - 1) * step; }
  // Runs before the first one that gives nothing but frames of samples.
  int64_t runs() const { return prefilled ? 0 : (steps() - 1 + frames - 1) / frames; }
};

Result<Framing> framing_of(ImportContext& context, const Shape& shape) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t size, options.integer("frame_size", 1));
  TMC_ASSIGN(const int32_t step, options.integer("frame_step", 1));
  TMC_ASSIGN(const int32_t prefilled, options.integer("prefill"));
  if (shape.rank() < 1 || shape.back() % step != 0) {
    return error(Error::kUnsupportedShape, "its input is no sequence of steps of {} samples", step);
  }
  if (prefilled != 0 && size < step) {
    return error(Error::kMalformed, "its frames of {} samples are shorter than a step of {}", size, step);
  }
  return Framing{size, step, shape.back() / step, prefilled != 0};
}

Result<ir::ValueId> frames_of(ImportContext& context, const Framing& framing, ir::ValueId stream) {
  TMC_TRY(take_indices(context.budget(), framing.frames * framing.size));
  std::vector<int64_t> indices;
  for (int64_t frame = 0; frame < framing.frames; ++frame) {
    for (int64_t i = 0; i < framing.size; ++i) indices.push_back(frame * framing.step + i);
  }
  ops::Gather gather;
  gather.read(-1, indices);
  return context.append("_frames", std::move(gather), {stream}, context.quantization(stream));
}

// Output 1: whether there were so many runs before.
Status finish_valid(ImportContext& context, int64_t runs) {
  TMC_ASSIGN(const ir::ValueId before, read_integer(context, "_runs"));
  const ir::ValueId enough = add_integer(context, "_enough", runs);
  TMC_TRY(context.finish_output(1, ops::GreaterOrEqual{}, {before, enough}));
  TMC_ASSIGN(const ir::ValueId next, context.append("_next", ops::Add{}, {before, add_integer(context, "_one", 1)}));
  TMC_ASSIGN(const ir::ValueId after, context.append("_count", ops::Min{}, {next, enough}));
  return write_integer(context, "_runs", after);
}

}  // namespace

Status import_custom_signal_framer(ImportContext& context) {
  if (context.output_count() != 2) return error(Error::kMalformed, "it has no two outputs");
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape shape = context.type(input).shape;
  TMC_ASSIGN(const Framing framing, framing_of(context, shape));
  TMC_ASSIGN(const ir::ValueId stream, after_past(context, input, framing.kept()));
  TMC_ASSIGN(const ir::ValueId frames, frames_of(context, framing, stream));
  TMC_TRY(finish_valid(context, framing.runs()));
  std::vector<int64_t> extents(shape.begin(), shape.end() - 1);
  extents.insert(extents.end(), {framing.frames, framing.size});
  return context.finish(ops::Reshape{extents}, {frames});
}

}  // namespace tmc::frontend::tflite
