// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What lies at an address of the STM32H743 (RM0433, 2.3.2, table 8), modelled or not: for messages.

#include <cstdint>
#include <string>

namespace tmc::sim {

// "TIM2+0x24 (0x40000024)", or "0x90000000 (where nothing is)".
std::string describe_address(uint32_t address);

}  // namespace tmc::sim
