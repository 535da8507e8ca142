// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The frames around one, side by side: the one that came in last, which is `right` frames ahead, and those before it.
// The first frame stands for those before the stream. Whether they are valid, in every `step`th run from the first on
// that has frames enough, is counted by a state; what is not valid is unspecified in the format.

#include "tmc/frontend/tflite/stream.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/tile.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::tflite {
namespace {

// The input behind `frames` frames of the past, which are the input itself in the first run.
Result<ir::ValueId> stacked(ImportContext& context, ir::ValueId input, int64_t frames) {
  FileTensor past;
  past.type = context.type(input);
  const int64_t channels = past.type.shape[0];
  past.type.shape[0] = frames * channels;
  const std::string state = context.output_name() + "_past";
  TMC_ASSIGN(const ir::ValueId before, context.variables().read(state, past));
  TMC_ASSIGN(const ir::ValueId runs, read_integer(context, "_began"));
  const ir::ValueId one = add_integer(context, "_yes", 1);
  TMC_ASSIGN(const ir::ValueId has_past, context.append("_has_past", ops::GreaterOrEqual{}, {runs, one}));
  TMC_TRY(write_integer(context, "_began", one));
  TMC_ASSIGN(const ir::ValueId repeated, context.append("_repeated", ops::Tile{{frames}}, {input}));
  TMC_ASSIGN(const ir::ValueId known, context.append("_before", ops::Where{}, {has_past, before, repeated}));
  TMC_ASSIGN(const ir::ValueId stack, context.append("_stack", ops::Concat{0}, {known, input}));
  ops::Slice last = ops::Slice::whole(context.type(stack).shape);
  last.read(0, channels, frames * channels);
  TMC_ASSIGN(const ir::ValueId after, context.append("_kept", std::move(last), {stack}));
  TMC_TRY(context.variables().write(state, after));
  return stack;
}

// Output 1: whether this is run number `first`, from 0 on, or one of every `step` runs after it.
Status finish_valid(ImportContext& context, int32_t first, int32_t step) {
  TMC_ASSIGN(const ir::ValueId count, read_integer(context, "_runs"));
  TMC_TRY(context.finish_output(1, ops::Equal{}, {count, add_integer(context, "_first", first)}));
  TMC_ASSIGN(const ir::ValueId next, context.append("_next", ops::Add{}, {count, add_integer(context, "_one", 1)}));
  const ir::ValueId again = add_integer(context, "_again", int64_t{first} + 1 - step);
  TMC_ASSIGN(const ir::ValueId after,
             context.append("_count", ops::Where{}, {context.finished_output(1), again, next}));
  return write_integer(context, "_runs", after);
}

}  // namespace

Status import_custom_signal_stacker(ImportContext& context) {
  if (context.output_count() != 2) return error(Error::kMalformed, "it has no two outputs");
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t channels, options.integer("num_channels", 1));
  TMC_ASSIGN(const int32_t left, options.integer("stacker_left_context", 0));
  TMC_ASSIGN(const int32_t right, options.integer("stacker_right_context", 0));
  const int64_t others = int64_t{left} + right;
  TMC_ASSIGN(const int32_t step, options.integer("stacker_step", 1, others + 1));
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape shape = context.type(input).shape;
  if (shape.rank() != 1 || shape[0] != channels) {
    return error(Error::kUnsupportedShape, "its input is no vector of {} channels", channels);
  }
  TMC_TRY(finish_valid(context, right, step));
  ir::ValueId stack = input;
  if (others > 0) {
    TMC_ASSIGN(stack, stacked(context, input, others));
  }
  const int64_t elements = context.type(stack).shape[0];
  return context.finish(ops::Reshape{{elements}}, {stack});
}

}  // namespace tmc::frontend::tflite
