// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/stream.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {

// What comes in comes out `delay_length` elements later along the last axis, after zeros.
Status import_custom_signal_delay(ImportContext& context) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t delay, options.integer("delay_length", 0));
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape shape = context.type(input).shape;
  if (shape.rank() < 1) return error(Error::kUnsupportedShape, "its input is no sequence");
  TMC_ASSIGN(const ir::ValueId stream, after_past(context, input, delay));
  ops::Slice first = ops::Slice::whole(context.type(stream).shape);
  first.read(shape.rank() - 1, 0, shape.back());
  return context.finish(std::move(first), {stream});
}

}  // namespace tmc::frontend::tflite
