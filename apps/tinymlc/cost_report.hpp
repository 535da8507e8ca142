// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A prediction (tmc/cost/predict.hpp) for people and for machines.

#include "command.hpp"
#include "tmc/pipeline/predict.hpp"

namespace tmc::app {

Json cost_json(const pipeline::Compilation& compilation, const cost::Cost& cost);
void print_cost(const pipeline::Compilation& compilation, const cost::Cost& cost);

}  // namespace tmc::app
