// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What quantising cost (tmc/quant/report.hpp), for people.

#include "command.hpp"

namespace tmc::app {

// Warnings to stderr, and one line of the score.
void print_quantization_summary(const quant::Report& report);
// The same with corrections, layers and mixtures as tables.
void print_quantization(const quant::Report& report);

}  // namespace tmc::app
