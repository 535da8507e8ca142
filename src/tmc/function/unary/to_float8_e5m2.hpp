// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/narrow_float.hpp"

namespace tmc::function {

struct ToFloat8E5m2 : Function {
  static constexpr const char* kName = "to_float8_e5m2";
  static constexpr const char* kDoc =
      "The nearest real with five bits of the exponent and two of the mantissa (Micikevicius et al. 2022). What "
      "is beyond the greatest, 57344, becomes that with `saturate`.";
  static constexpr Attribute kAttributes[] = {{"saturate", 1, true}};
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 60;

  template <typename Real>
  static Real apply(Real x, Real saturate) {
    return rounded_to(NarrowFloat{2, -14, 57344, true}, x, saturate != 0);
  }
};

}  // namespace tmc::function
