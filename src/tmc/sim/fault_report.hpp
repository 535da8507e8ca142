// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a fault of the program looks like to people: registers, where it happened, and how the program came there.

#include <string>

#include "tmc/sim/core/unicorn_core.hpp"
#include "tmc/sim/image.hpp"

namespace tmc::sim {

// Several lines. There are no unwind tables in these images, so the trace lists what on the stack looks like a return
// address: behind an instruction that calls. What functions left there long ago may be among them.
std::string fault_report(const UnicornCore& core, const Image& image, std::string_view what);

}  // namespace tmc::sim
