// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/element.hpp"
#include "tmc/frontend/onnx/import_function.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// The base to an exponent that products and roots say; none where they do not.
std::optional<Status> import_simple(ImportContext& context, ir::ValueId input, double power) {
  if (power == 1) return import_pass_through(context);
  if (power == 2) return context.finish(ops::Mul{}, {input, input});
  if (power == 3) {
    const Result<ir::ValueId> square = context.append("_square", ops::Mul{}, {input, input});
    return square.ok() ? context.finish(ops::Mul{}, {*square, input}) : square.status();
  }
  if (power == 0.5) return context.finish(ops::Sqrt{}, {input});
  if (power == -1) return import_inverse_of(context, input);
  if (power != -0.5) return std::nullopt;
  const Result<ir::ValueId> root = context.append("_root", ops::Sqrt{}, {input});
  return root.ok() ? import_inverse_of(context, *root) : root.status();
}

Status fold(ImportContext& context, const Constant& base, const Constant& exponent) {
  TMC_ASSIGN(const Constant power,
             map_constant(context.budget(), exponent, base.type.dtype, [](double x) { return x; }));
  TMC_ASSIGN(Constant result, map_constants(context.budget(), base, power, base.type.dtype,
                                            {folded<function::Pow, double>(), folded<function::Pow, int64_t>()}));
  return context.finish_as(std::move(result));
}

}  // namespace

// The exponent may be of another type, whose values are taken into that of the base.
Status import_pow(ImportContext& context) {
  const Constant* const exponent = context.constant_if(1);
  if (const Constant* const constant = context.constant_if(0); constant != nullptr && exponent != nullptr) {
    return fold(context, *constant, *exponent);
  }
  TMC_ASSIGN(const ir::ValueId base, context.input(0));
  const DType dtype = context.type(base).dtype;
  if (exponent != nullptr && exponent->type.shape.elements() == 1 && dtype_is_float(dtype)) {
    const double power = load_element(exponent->type.dtype, exponent->data.bytes().data());
    if (auto done = import_simple(context, base, power)) return *std::move(done);
  }
  TMC_ASSIGN(ir::ValueId power, second_operand(context));
  if (context.type(power).dtype != dtype) {
    TMC_ASSIGN(power, context.append("_exponent", ops::Cast{dtype}, {power}));
  }
  return context.finish(ops::Pow{}, {base, power});
}

}  // namespace tmc::frontend::onnx_format
