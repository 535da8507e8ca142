// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/explanations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

#include "tmc/base/host/embedded.hpp"
#include "tmc/base/host/files.hpp"

namespace tmc {

std::span<const EmbeddedFile> explanation_files();

namespace {

using ::testing::HasSubstr;

TEST(Explanations, EveryErrorHasOne) {
  EXPECT_GE(all_errors().size(), 15U);
  for (const Error error : all_errors()) {
    const auto found = explain(code_of(error));
    ASSERT_TRUE(found) << code_of(error) << " has no explanation in src/tmc/base/host/explanations";
    for (const std::string& part : {found->title, found->meaning, found->example, found->hint}) {
      EXPECT_FALSE(part.empty()) << code_of(error);
    }
    EXPECT_THAT(found->example, HasSubstr("$ tinymlc")) << code_of(error);
  }
}

TEST(Explanations, EveryExplanationHasItsError) {
  EXPECT_EQ(explanation_files().size(), all_errors().size());
}

TEST(Explanations, CodesAreStable) {
  EXPECT_EQ(code_of(Error::kBudgetExceeded), "TMC100");
  EXPECT_EQ(code_of(Error::kBadInput), "TMC201");
  EXPECT_EQ(code_of(Error::kUnsupportedOp), "TMC301");
  EXPECT_EQ(code_of(Error::kInternal), "TMC500");
}

TEST(Explanations, CodesAreFoundInAnyCase) {
  EXPECT_EQ(explain("tmc301")->code, "TMC301");
  EXPECT_EQ(explain("301")->code, "TMC301");
  EXPECT_FALSE(explain("TMC999"));
  EXPECT_FALSE(explain(""));
}

TEST(Explanations, PageOfTheDocumentationIsOfToday) {
  const auto page = read_file("docs/errors.md");
  ASSERT_TRUE(page.ok()) << page.status().text();
  EXPECT_EQ(*page, explanations_page()) << "write it again: tinymlc explain --all > docs/errors.md";
}

}  // namespace
}  // namespace tmc
