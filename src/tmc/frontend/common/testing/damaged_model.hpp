// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Damaged copies of a model file: each is refused, or gives a graph that holds together.

#include <gtest/gtest.h>

#include <functional>
#include <span>

#include "tmc/frontend/common/testing/mutations.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {

inline void survives_mutations(std::span<const std::byte> file, int least_refused,
                               const std::function<Result<ir::Graph>(std::span<const std::byte>)>& import) {
  ASSERT_TRUE(import(file).ok());
  int refused = 0;
  for_each_mutation(file, 2000, [&](std::span<const std::byte> damaged) {
    const Result<ir::Graph> graph = import(damaged);
    refused += graph.ok() ? 0 : 1;
    if (graph.ok()) {
      EXPECT_EQ(ir::verify(*graph).text(), "ok");
    } else {
      EXPECT_FALSE(graph.status().message().empty());
      EXPECT_NE(graph.status().code(), Error::kInternal) << graph.status().text();
    }
  });
  EXPECT_GE(refused, least_refused);
}

}  // namespace tmc::frontend
