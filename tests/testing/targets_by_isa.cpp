// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "testing/targets_by_isa.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tmc::testing {

std::vector<Target> targets_by_isa() {
  std::vector<Target> targets;
  for (const std::string& name : target_names()) {
    auto target = load_target(name);
    EXPECT_TRUE(target.ok()) << target.status().text();
    if (target.ok() && std::ranges::find(targets, target->isa, &Target::isa) == targets.end()) {
      targets.push_back(std::move(target).value());
    }
  }
  return targets;
}

}  // namespace tmc::testing
