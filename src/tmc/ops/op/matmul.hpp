// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Matmul {
  static constexpr const char* kName = "matmul";
  static constexpr const char* kDoc =
      "Batched matrix product of two tensors. Inputs: a [..., m, k], b [..., k, n], or [..., n, k] with "
      "transpose_b; leading extents broadcast. Output: [..., m, n].";

  bool transpose_b = false;

  static constexpr auto fields() { return std::tuple{Field{"transpose_b", &Matmul::transpose_b}}; }

  static Inferred infer(const Matmul& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    const Shape& a = in[0].shape;
    const Shape& b = in[1].shape;
    if (a.rank() < 2 || b.rank() < 2) return error(Error::kUnsupportedShape, "inputs need rank 2 or more");
    const int64_t inner = b.back(op.transpose_b ? 0 : 1);
    if (a.back() != inner) return error(Error::kMalformed, "inner extents {} and {} differ", a.back(), inner);
    Shape batch_a, batch_b;
    for (int axis = 0; axis < a.rank() - 2; ++axis) batch_a.push_back(a[axis]);
    for (int axis = 0; axis < b.rank() - 2; ++axis) batch_b.push_back(b[axis]);
    TMC_ASSIGN(Shape out, broadcast(batch_a, batch_b));
    out.push_back(a.back(1));
    out.push_back(b.back(op.transpose_b ? 1 : 0));
    return std::vector<TensorType>{{in[0].dtype, out}};
  }

  static int64_t macs(const Matmul&, const InferInputs& in, std::span<const TensorType> outputs) {
    return outputs[0].shape.elements() * in[0].shape.back();
  }
};

}  // namespace tmc::ops
