// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A program of one step, for tests of the text and JSON forms.

#include "tmc/program/program.hpp"

namespace tmc::program::testing {

// Fully connected, 3 to 2. Nothing has its default, so that a form that forgets a member is found out.
Program example(bool is_placed);

void expect_equal(const Program& a, const Program& b);

}  // namespace tmc::program::testing
