// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct FullyConnected {
  static constexpr const char* kName = "fully_connected";
  static constexpr const char* kDoc =
      "Matrix product with constant weights: output[..., o] = sum over i of input[..., i] * weights[o, i] + "
      "bias[o]. Inputs: [..., in], weights [out, in], optional bias [out]. Output: [..., out]. Per-axis "
      "weights are quantised along axis 0. A float input meets float32 or float16 weights, or int8 ones (a "
      "hybrid layer): then it is quantised to int8 at run time, each row in its own scale, with a zero point "
      "only where asymmetric_quantize_inputs says so.";

  bool asymmetric_quantize_inputs = false;
  Activation activation = Activation::kNone;

  static constexpr auto fields() {
    return std::tuple{Field{"asymmetric_quantize_inputs", &FullyConnected::asymmetric_quantize_inputs},
                      Field{"activation", &FullyConnected::activation}};
  }

  static Inferred infer(const FullyConnected&, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 3));
    TMC_TRY(check_rank(in[1], 2, "weights"));
    const int rank = in[0].shape.rank();
    if (rank < 1 || in[0].shape.back() != in[1].shape[1]) {
      return error(Error::kMalformed, "weights for {} inputs do not match the input's last extent", in[1].shape[1]);
    }
    if (in.has(2) && in[2].shape.elements() != in[1].shape[0]) {
      return error(Error::kMalformed, "bias has {} elements for {} outputs", in[2].shape.elements(), in[1].shape[0]);
    }
    TensorType out = in[0];
    out.shape[rank - 1] = in[1].shape[0];
    return std::vector<TensorType>{out};
  }

  static int64_t macs(const FullyConnected&, const InferInputs& in, std::span<const TensorType> outputs) {
    return outputs[0].shape.elements() * in[1].shape[1];
  }
};

}  // namespace tmc::ops
