// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Finds a linear form (detail/linear_form.hpp) that equals a function of two int8 values on all pairs of them.

#include <cstdint>
#include <optional>
#include <vector>

#include "tmc/kernels/armv7em/detail/linear_form.hpp"

namespace tmc::kernels::armv7em {

// The function: values within [low, high], row by row of a. A form may go beyond where the function is at an end.
struct PairFunction {
  std::vector<int8_t> values;
  int32_t low, high;

  template <typename Function>
  PairFunction(Function function, int32_t least, int32_t most) : low(least), high(most) {
    for (int a = -128; a < 128; ++a) {
      for (int b = -128; b < 128; ++b) values.push_back(function(static_cast<int8_t>(a), static_cast<int8_t>(b)));
    }
  }
};

// The slopes say how much the function grows with each operand, about. nullopt where no form was found.
std::optional<LinearForm> find_linear_form(const PairFunction& wanted, double a_slope, double b_slope);

}  // namespace tmc::kernels::armv7em
