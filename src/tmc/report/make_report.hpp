// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A compiled model for the page that people look at (report/report.hpp): what the program and the cost model say, and
// beside it what `bench` measured, where it did.

#include "tmc/cost/predict.hpp"
#include "tmc/report/bench_report.hpp"
#include "tmc/report/report.hpp"
#include "tmc/report/subject.hpp"

namespace tmc::report {

// The program is placed, `cost` is its prediction; `measured` may be null.
Report make_report(const Subject& subject, const cost::Cost& cost, const BenchReport* measured);

}  // namespace tmc::report
