// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Damaged copies of a model in text: each is refused, or gives a graph that holds together.

#include <gtest/gtest.h>

#include <functional>
#include <string_view>

#include "tmc/frontend/common/testing/mutations.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {

inline void survives_damage(std::string_view file, const std::function<Result<ir::Graph>(std::string_view)>& import) {
  int refused = 0;
  for_each_mutation(std::as_bytes(std::span(file)), 3000, [&](std::span<const std::byte> damaged) {
    const Result<ir::Graph> graph = import({reinterpret_cast<const char*>(damaged.data()), damaged.size()});
    refused += graph.ok() ? 0 : 1;
    if (graph.ok()) {
      EXPECT_EQ(ir::verify(*graph).text(), "ok");
    } else {
      EXPECT_FALSE(graph.status().message().empty());
      EXPECT_NE(graph.status().code(), Error::kInternal) << graph.status().text();
    }
  });
  EXPECT_GE(refused, 500);
}

}  // namespace tmc::frontend
