// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a compiled model costs on its target: measured where the target can run here, read from the linked image where
// it is a board. Nothing that was not measured is given a number, but `cycles_estimate`, which is marked as an
// estimate, and what the cost model predicted, which stands beside what was measured.

#include <functional>
#include <string>

#include "tmc/data/arrays.hpp"
#include "tmc/firmware/run.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/report/bench_report.hpp"

namespace tmc::check {

using pipeline::Compilation;
using report::BenchReport;

struct BenchOptions {
  bool per_layer = false;    // a further image and run
  bool cycles = true;        // traces a further run, which takes as long as a hundred
  int runs = 50;             // on the host
  int threads = 1;           // of the host
  data::NamedArrays inputs;  // one sample of some of the model's inputs; the others' values are chosen
  std::function<void(const std::string& what)> progress = [](const std::string&) {};  // from any thread
};

// One run of a board's image on values of its own choice, the second of two: nothing of it is there for the first time.
Result<firmware::SampleRun> count_run(const Compilation& compilation);

Result<BenchReport> bench(const Compilation& compilation, const BenchOptions& options);

}  // namespace tmc::check
