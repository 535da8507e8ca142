// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Says which layers a target with fast kernel implementations runs on portable ones (docs/kernels.md).

#include <string>

#include "tmc/cost/predict.hpp"
#include "tmc/report/subject.hpp"

namespace tmc::report {

// One line about the layers that take more than 2 % of the predicted instructions each, the slowest three by name;
// empty where there is none, or where the target has portable implementations only.
std::string portable_layers_text(const Subject& subject, const cost::Cost& cost);

}  // namespace tmc::report
