// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A comparison with an oracle (tmc/check/verify.hpp), for people and for machines.

#include "command.hpp"
#include "tmc/check/verify.hpp"

namespace tmc::app {

Json verify_json(const check::VerifyReport& report);
void print_verify(const check::VerifyReport& report);

}  // namespace tmc::app
