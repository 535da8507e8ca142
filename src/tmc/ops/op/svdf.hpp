// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Svdf {
  static constexpr const char* kName = "svdf";
  static constexpr const char* kDoc =
      "A layer that remembers (TFLite SVDF) of int8. Inputs: x [batch, inputs], features i8 [filters, inputs], times "
      "i8 or i16 [filters, memory], the state [batch, filters * memory] of the same type before the step, and optional "
      "bias i32 [units], where units = filters / rank. A filter remembers the products of its features with the last "
      "`memory` inputs; a unit is the sum of what its filters remember times their times. Outputs: units [batch, "
      "units], and the state after the step.";

  int64_t rank = 1;

  static constexpr auto fields() { return std::tuple{Field{"rank", &Svdf::rank}}; }

  static Inferred infer(const Svdf& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 4, 5));
    const Shape &x = in[0].shape, &features = in[1].shape, &times = in[2].shape;
    if (x.rank() != 2 || features.rank() != 2 || times.rank() != 2 || in[0].dtype != DType::kI8) {
      return error(Error::kMalformed, "its input or weights are not of rank 2, or the input is not int8");
    }
    const bool divides = op.rank > 0 && features[0] % op.rank == 0;
    if (!divides || features[1] != x[1] || times[0] != features[0]) {
      return error(Error::kMalformed, "its weights are [{}, {}] and [{}, {}] for {} inputs and a rank of {}",
                   features[0], features[1], times[0], times[1], x[1], op.rank);
    }
    const Shape state = Shape::of(x[0], features[0] * times[1]);
    if (in[3].shape != state || in[3].dtype != in[2].dtype) {
      return error(Error::kMalformed, "its state is not [{}, {}] of the type of its times", state[0], state[1]);
    }
    const int64_t units = features[0] / op.rank;
    if (in.has(4) && in[4].shape != Shape::of(units)) return error(Error::kMalformed, "its bias is not [{}]", units);
    return std::vector<TensorType>{{DType::kI8, Shape::of(x[0], units)}, {in[3].dtype, state}};
  }

  static int64_t macs(const Svdf&, const InferInputs& in, std::span<const TensorType>) {
    return in[0].shape[0] * (in[1].shape.elements() + in[2].shape.elements());
  }
};

}  // namespace tmc::ops
