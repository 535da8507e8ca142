// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"

namespace tmc::frontend::onnx_format {
namespace {

Status check_rounding(const NarrowType& to) {
  if (!to.is_float() || can_round_to(to)) return {};
  return error(Error::kUnsupportedType, "casts to powers of two (ONNX type {}) are not supported", to.onnx_type)
      .with_hint("leave the scales in float32");
}

// Integers modulo 2^bits, those above the greatest less that.
Result<ir::ValueId> wrapped(ImportContext& context, ir::ValueId value, const NarrowType& to) {
  TMC_ASSIGN(value, context.append("_i64", ops::Cast{DType::kI64}, {value}));
  TMC_ASSIGN(const ir::ValueId period, append_integers(context, "_period", Shape(), {int64_t{1} << to.bits}));
  if (!to.is_signed()) return context.append("_wrapped", ops::Mod{}, {value, period});
  TMC_ASSIGN(const ir::ValueId half, append_integers(context, "_half", Shape(), {-int64_t{to.least()}}));
  TMC_ASSIGN(value, context.append("_raised", ops::Add{}, {value, half}));
  TMC_ASSIGN(value, context.append("_wrapped", ops::Mod{}, {value, period}));
  return context.append("_lowered", ops::Sub{}, {value, half});
}

Result<bool> saturates(ImportContext& context) {
  TMC_ASSIGN(const int64_t saturate, context.attributes().integer("saturate", 1));
  return saturate != 0;
}

}  // namespace

Status finish_narrow(ImportContext& context, ir::ValueId value, const NarrowType& to) {
  TMC_TRY(check_rounding(to));
  if (to.is_float()) {
    TMC_ASSIGN(const bool saturated, saturates(context));
    TMC_ASSIGN(value, as_dtype(context, "_f32", value, DType::kF32));
    TMC_TRY(context.finish(rounding_to(to, saturated), {value}));
  } else {
    TMC_ASSIGN(value, wrapped(context, value, to));
    TMC_TRY(context.finish(ops::Cast{to.dtype}, {value}));
  }
  context.set_narrow_type(&to);
  return {};
}

Status import_narrow_cast(ImportContext& context, const NarrowType& to) {
  if (context.narrow_type(0) == &to) {
    TMC_TRY(import_pass_through(context));
    context.set_narrow_type(&to);
    return {};
  }
  const Constant* constant = context.constant_if(0);
  if (constant == nullptr) {
    TMC_ASSIGN(const ir::ValueId input, context.input(0));
    return finish_narrow(context, input, to);
  }
  TMC_TRY(check_rounding(to));
  TMC_ASSIGN(const bool saturated, saturates(context));
  constexpr double kMost = 9e18;  // what an integer of 64 bits has
  const Unary convert = [&](double x) {
    if (to.is_float()) return rounded_to(to, x, saturated);
    return x > -kMost && x < kMost ? static_cast<double>(wrapped_to(to, static_cast<int64_t>(x))) : 0;
  };
  TMC_ASSIGN(Constant cast, map_constant(context.budget(), *constant, to.dtype, convert));
  TMC_TRY(context.finish_as(std::move(cast)));
  context.set_narrow_type(&to);
  return {};
}

}  // namespace tmc::frontend::onnx_format
