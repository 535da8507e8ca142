// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Part of the build: ends with 1 where the cost table of a core does not match the features of the kernel
// implementations.

#include "tmc/cost/table.hpp"

int main() {
  int failures = 0;
  for (const std::string& name : tmc::target_names()) {
    const auto target = tmc::load_target(name);
    if (!target.ok()) continue;  // the target's own tests say why
    const auto table = tmc::cost::load_cost_table(*target);
    const tmc::Status status = !table.ok()         ? table.status()
                               : *table != nullptr ? tmc::cost::check_features(**table)
                                                   : tmc::Status();
    if (status.ok()) continue;
    fmt::print(stderr, "cost table of {}: {}\n", target->core, status.text());
    ++failures;
  }
  return failures == 0 ? 0 : 1;
}
