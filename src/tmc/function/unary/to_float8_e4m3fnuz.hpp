// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/narrow_float.hpp"

namespace tmc::function {

struct ToFloat8E4m3fnuz : Function {
  static constexpr const char* kName = "to_float8_e4m3fnuz";
  static constexpr const char* kDoc =
      "The nearest real with four bits of the exponent and three of the mantissa, without infinity and negative "
      "zero (Noune et al. 2022). What is beyond the greatest, 240, becomes that with `saturate`.";
  static constexpr Attribute kAttributes[] = {{"saturate", 1, true}};
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 60;

  template <typename Real>
  static Real apply(Real x, Real saturate) {
    return rounded_to(NarrowFloat{3, -7, 240, false, true, false}, x, saturate != 0);
  }
};

}  // namespace tmc::function
