// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct CumProd {
  static constexpr const char* kName = "cum_prod";
  static constexpr const char* kDoc =
      "Products of the elements along an axis up to each one, which itself counts unless `exclusive`; with `reverse` "
      "from the "
      "end. Integers keep their lowest bits.";

  int32_t axis = 0;
  bool exclusive = false;
  bool reverse = false;

  static constexpr auto fields() {
    return std::tuple{Field{"axis", &CumProd::axis}, Field{"exclusive", &CumProd::exclusive},
                      Field{"reverse", &CumProd::reverse}};
  }

  static Inferred infer(const CumProd& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(normalize_axis(op.axis, in[0].shape.rank()).status());
    return same_as_first(in);
  }
};

}  // namespace tmc::ops
