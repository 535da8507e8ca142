// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// `bench` without a word to the terminal.

#include "command.hpp"
#include "tmc/check/bench.hpp"

namespace tmc::app {

struct BenchArguments {
  ModelOptions model;
  check::BenchOptions bench;
  std::string budget;
  std::vector<std::string> inputs;

  void add_to(Command& command);
};

struct Benched {
  pipeline::Compilation compilation;
  report::BenchReport report;
  Status within_budget;  // which is checked last, so that there is a report of what is over it
};

Result<Benched> bench_model(const BenchArguments& arguments, const Show& show);
// report/report.hpp: what was measured beside what is predicted.
Result<std::string> bench_page(const Benched& benched);

}  // namespace tmc::app
