// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/pool.hpp"
#include "tmc/frontend/onnx/tap_pool.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// The sums under the windows: of images a mean whose padding counts, times the window's elements.
Result<ir::ValueId> window_sums(ImportContext& context, ir::ValueId value) {
  TMC_ASSIGN(const bool by_taps, needs_taps(context));
  if (by_taps || context.type(value).shape.rank() != 4) return append_tap_pool(context, TapPool::kSum, value);
  ops::AveragePool2d op;
  TMC_TRY(set_pool(context, op));
  op.count_include_pad = op.pad_top + op.pad_left + op.pad_bottom + op.pad_right != 0;
  TMC_ASSIGN(const ir::ValueId means, context.append("_means", op, {value}));
  const ir::ValueId area =
      context.append_scalar("_area", static_cast<float>(op.kernel_h) * static_cast<float>(op.kernel_w));
  return context.append("_sums", ops::Mul{}, {means, area});
}

}  // namespace

// The norm under every window.
Status import_lp_pool(ImportContext& context) {
  TMC_ASSIGN(const int64_t p, context.attributes().integer("p", 2));
  if (p < 1) return error(Error::kMalformed, "its p is {}", p);
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  if (context.type(value).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "it is supported in float").with_hint("cast its input to float");
  }
  if (p == 2) {
    TMC_ASSIGN(value, context.append("_powers", ops::Mul{}, {value, value}));
  } else {
    TMC_ASSIGN(value, context.append("_sizes", ops::Abs{}, {value}));
  }
  if (p > 2) {
    const ir::ValueId power = context.append_scalar("_power", static_cast<float>(p));
    TMC_ASSIGN(value, context.append("_powers", ops::Pow{}, {value, power}));
  }
  TMC_ASSIGN(value, window_sums(context, value));
  if (p == 1) return finish_copy(context, 0, value);
  if (p == 2) return context.finish(ops::Sqrt{}, {value});
  return context.finish(ops::Pow{}, {value, context.append_scalar("_root", 1 / static_cast<float>(p))});
}

}  // namespace tmc::frontend::onnx_format
