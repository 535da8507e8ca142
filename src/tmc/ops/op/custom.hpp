// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/custom_rule.hpp"

namespace tmc::ops {

struct Custom {
  static constexpr const char* kName = "custom";
  static constexpr const char* kDoc =
      "The operator of that name of the user's own description (docs/custom-operators.md), with its attributes. Any "
      "number of inputs and outputs; nothing is known of it but their types.";

  std::string name;
  std::string attributes;  // as people read them: "stride=2 taps=[1, 2]"
  // What the texts above stand for; there is none in a graph that was read as text.
  std::shared_ptr<const CustomRule> rule = {};
  CustomValues values = {};

  static constexpr auto fields() {
    return std::tuple{Field{"name", &Custom::name}, Field{"attributes", &Custom::attributes}};
  }

  static Inferred infer(const Custom& op, const InferInputs& in) {
    if (op.rule) return op.rule->infer(op.values, in);
    return error(Error::kUnsupportedOp, "nothing describes the custom operator '{}'", op.name)
        .with_hint("give the model that it comes from, with --custom");
  }
};

}  // namespace tmc::ops
