// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A model of windows as a model of steps: an axis of an input is time, and a run takes its newest frames alone
// (opt/time/step.hpp). It comes behind quantising, whose calibration and scales are those of whole windows, so that the
// bits are too.

#include <map>
#include <optional>
#include <string>

#include "tmc/base/host/status.hpp"

namespace tmc::pipeline {

struct Compilation;

struct StreamOptions {
  std::map<std::string, int64_t> axes;  // of time, by the name of the input; "": of the only one. Empty: no steps
  std::optional<int64_t> hop;           // new frames in a run; none: as many as the preprocessing's stream has, else 1
};

// Steps as the options say, where they say so; warns of what is other than in the whole model.
Status step_over_time(Compilation& compilation);

}  // namespace tmc::pipeline
