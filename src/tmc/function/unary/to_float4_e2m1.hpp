// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/narrow_float.hpp"

namespace tmc::function {

struct ToFloat4E2m1 : Function {
  static constexpr const char* kName = "to_float4_e2m1";
  static constexpr const char* kDoc =
      "The nearest real with two bits of the exponent and one of the mantissa (Open Compute Project, "
      "Microscaling Formats, 2023). What is beyond the greatest, 6, becomes that with `saturate`.";
  static constexpr Attribute kAttributes[] = {{"saturate", 1, true}};
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 60;

  template <typename Real>
  static Real apply(Real x, Real saturate) {
    return rounded_to(NarrowFloat{1, 0, 6, false, false}, x, saturate != 0);
  }
};

}  // namespace tmc::function
