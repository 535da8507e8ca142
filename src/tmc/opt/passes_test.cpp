// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/passes.hpp"

#include <gtest/gtest.h>

namespace tmc::opt {
namespace {

TEST(Passes, AreFoundByTheirNames) {
  EXPECT_FALSE(all_passes().empty());
  for (const ir::Pass* pass : all_passes()) EXPECT_EQ(ir::find_pass(all_passes(), pass->name), pass);
  EXPECT_EQ(ir::find_pass(all_passes(), "no_such_pass"), nullptr);
}

}  // namespace
}  // namespace tmc::opt
