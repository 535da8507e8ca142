// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Makes the table of armv7em/detail/gate_table.hpp.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// The words of GateTable.
const Blob& gate_table();

}  // namespace tmc::kernels::armv7em
