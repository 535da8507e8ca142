// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The addresses that `sections.ld` defines. They are symbols without storage: only their addresses mean anything.

#include <stdint.h>

extern "C" {
extern uint32_t tmc_ld_stack_limit[];  // lowest word of the stack
extern uint32_t tmc_ld_stack_top[];    // one past its highest word
extern uint32_t tmc_ld_data_begin[];
extern uint32_t tmc_ld_data_end[];
extern const uint32_t tmc_ld_data_load[];  // where the initial values of .data lie in flash
extern uint32_t tmc_ld_pinned_begin[];
extern uint32_t tmc_ld_pinned_end[];
extern const uint32_t tmc_ld_pinned_load[];
extern uint32_t tmc_ld_bss_begin[];
extern uint32_t tmc_ld_bss_end[];
}
