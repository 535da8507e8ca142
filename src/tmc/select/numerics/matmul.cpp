// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/matmul.hpp"

#include "tmc/kernels/contract/matmul.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/broadcast.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {
namespace {

Shape without_matrix(const Shape& shape) {
  Shape batch;
  for (int axis = 0; axis < shape.rank() - 2; ++axis) batch.push_back(shape[axis]);
  return batch;
}

// The names under which set_broadcast_params knows the batch axes.
struct BatchAxes {
  int32_t extents[3];
  int32_t a_strides[3];
  int32_t b_strides[3];
};

template <typename Params>
Result<Params> extents(const Lowering& lowering, bool transpose_b) {
  const Shape& shape_a = lowering.input(0).type.shape;
  const Shape& shape_b = lowering.input(1).type.shape;
  BatchAxes batch{};
  TMC_TRY(set_broadcast_params(batch, without_matrix(shape_a), without_matrix(shape_b),
                               without_matrix(lowering.output().type.shape)));
  Params p{};
  for (int axis = 0; axis < 3; ++axis) {
    p.batch[axis] = batch.extents[axis];
    p.a_strides[axis] = batch.a_strides[axis];
    p.b_strides[axis] = batch.b_strides[axis];
  }
  p.rows = static_cast<int32_t>(shape_a.rank() < 2 ? 1 : shape_a.back(1));
  p.inner = static_cast<int32_t>(shape_a.back());
  p.columns = static_cast<int32_t>(shape_b.back(transpose_b ? 1 : 0));
  p.transpose_b = transpose_b ? 1 : 0;
  return p;
}

template <typename Contract>
Status emit_product(Lowering& lowering, const typename Contract::Params& params) {
  return lowering.emit<Contract>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)}, {lowering.output_ref()});
}

template <typename Contract>
Status emit_integers(Lowering& lowering, bool transpose_b) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine a, activation_affine_of(lowering.input(0), dtype));
  TMC_ASSIGN(const Affine b, activation_affine_of(lowering.input(1), dtype));
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  TMC_ASSIGN(auto p, extents<typename Contract::Params>(lowering, transpose_b));
  // TFLite multiplies the scales in float and divides in double.
  const FixedMultiplier fixed = fixed_multiplier(
      static_cast<double>(a.scale * b.scale) / static_cast<double>(output.scale), lowering.requantization());
  p.a_zero_point = a.zero_point;
  p.b_zero_point = b.zero_point;
  p.output_zero_point = output.zero_point;
  p.multiplier = fixed.multiplier;
  p.shift = fixed.shift;
  return emit_product<Contract>(lowering, p);
}

}  // namespace

Status emit_matmul(Lowering& lowering, bool transpose_b) {
  if (is_float(lowering)) {
    TMC_TRY(require_dtype(lowering.input(1), DType::kF32));
    TMC_ASSIGN(const auto params, extents<kernels::MatmulF32::Params>(lowering, transpose_b));
    return emit_product<kernels::MatmulF32>(lowering, params);
  }
  return is_int16(lowering.input(0)) ? emit_integers<kernels::MatmulS16>(lowering, transpose_b)
                                     : emit_integers<kernels::MatmulS8>(lowering, transpose_b);
}

}  // namespace tmc::select
