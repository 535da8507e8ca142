// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the float fully connected kernel.

#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels::testing {

struct FloatRowsCase {
  FullyConnectedF32::Params params;
  std::vector<float> inputs, weights, bias;
  Case test_case;
};

inline FloatRowsCase float_fully_connected_case(std::mt19937& rng, int round) {
  FullyConnectedF32::Params p{};
  p.batch = pick(rng, 1, 5);
  p.inputs = round % 5 == 0 ? pick(rng, 500, 1100) : pick(rng, 1, 70);
  p.outputs = pick(rng, 1, 20);
  p.half_weights = pick(rng, 0, 3) == 0 ? 1 : 0;
  randomize_activation(rng, p);
  FloatWeights weights = random_weights(rng, static_cast<size_t>(p.inputs * p.outputs), p.half_weights != 0);
  FloatRowsCase made{p,
                     random_floats(rng, static_cast<size_t>(p.batch * p.inputs)),
                     std::move(weights.values),
                     random_floats(rng, static_cast<size_t>(p.outputs)),
                     {}};
  made.test_case = float_case<FullyConnectedF32>(p, {made.inputs}, static_cast<size_t>(p.batch * p.outputs));
  made.test_case.constants = {std::move(weights.blob), make_blob(DType::kF32, made.bias)};
  return made;
}

// One output by definition.
inline NaiveSum naive_row(const FloatRowsCase& made, size_t row, size_t output) {
  const auto length = static_cast<size_t>(made.params.inputs);
  NaiveSum sum;
  sum.add(static_cast<double>(made.bias[output]));
  for (size_t i = 0; i < length; ++i) {
    sum.add(static_cast<double>(made.inputs[row * length + i]), static_cast<double>(made.weights[output * length + i]));
  }
  return sum;
}

}  // namespace tmc::kernels::testing
