// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/iir.hpp"

#include "tmc/kernels/contract/iir_f32.hpp"
#include "tmc/ops/shape_rules.hpp"
#include "tmc/select/lowering.hpp"

namespace tmc::select {

Status lower_iir(Lowering& lowering) {
  const Shape& shape = lowering.input(0).type.shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(lowering.node().op.get<ops::Iir>().axis, shape.rank()));
  kernels::IirF32::Params params{};
  params.input_elements = params.output_elements = static_cast<int32_t>(shape.elements());
  params.coefficients_elements = static_cast<int32_t>(lowering.input(1).type.shape.elements());
  params.outer = static_cast<int32_t>(shape.elements(0, axis));
  params.depth = static_cast<int32_t>(shape[axis]);
  params.inner = static_cast<int32_t>(shape.elements(axis + 1, shape.rank()));
  params.sections = static_cast<int32_t>(lowering.input(1).type.shape[0]);
  return lowering.emit<kernels::IirF32>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)},
                                        {lowering.output_ref()});
}

}  // namespace tmc::select
