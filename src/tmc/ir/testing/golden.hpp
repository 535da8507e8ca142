// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests of passes: text before, text after. Both are graphs in the form of ir/text.hpp without the surrounding
// `graph "" { }`.

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>

#include "tmc/ir/pass.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::ir::testing {

inline Result<Graph> graph_of(std::string_view lines) {
  return from_text(fmt::format("graph \"\" {{\n{}}}\n", lines));
}

// Runs `pass` on `before`, checks the result with the verifier and compares its text with `after`.
inline void expect_rewrite(const Pass& pass, std::string_view before, std::string_view after,
                           const PassContext& context = {}) {
  Result<Graph> graph = graph_of(before);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const Status status = pass.run(*graph, context);
  ASSERT_TRUE(status.ok()) << status.text();
  EXPECT_EQ(verify(*graph).text(), "ok");
  EXPECT_EQ(to_text(*graph), fmt::format("graph \"\" {{\n{}}}\n", after));
}

inline void expect_unchanged(const Pass& pass, std::string_view lines, const PassContext& context = {}) {
  expect_rewrite(pass, lines, lines, context);
}

inline void expect_refusal(const Pass& pass, std::string_view before, Error code, std::string_view reason) {
  Result<Graph> graph = graph_of(before);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const Status status = pass.run(*graph, {});
  EXPECT_EQ(status.code(), code) << status.text();
  EXPECT_NE(status.text().find(reason), std::string::npos) << status.text();
}

}  // namespace tmc::ir::testing
