// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the user allows a model to take, and whether it stays within that: memory is decided when the program is placed
// and linked, what a run takes is predicted (cost) or measured (bench).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/check/bench.hpp"
#include "tmc/cost/predict.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/storage/budget.hpp"

namespace tmc::check {

struct RunBudget {
  std::optional<int64_t> stack_bytes = std::nullopt;
  std::optional<double> instructions = std::nullopt;
  std::optional<double> time_s = std::nullopt;

  bool empty() const { return !stack_bytes && !instructions && !time_s; }
};

struct Budget {
  storage::Budget memory;
  RunBudget run;
};

// "flash=2M,ram=512K,stack=4K,instructions=5M,time=20ms": K, M and G are powers of 1024 for bytes and of 1000 for
// instructions; times have s, ms or us. kBadUsage for anything else.
Result<Budget> parse_budget(std::string_view text);

// A figure of one run, and where it comes from, as messages say it: "counted", "predicted within 4 %".
struct RunFigure {
  double amount = 0;
  std::string origin;
};

struct LayerUse {
  std::string name, op, kernel;
  double instructions = 0;
};

// What one run takes; nothing where it is not known.
struct RunUse {
  std::optional<RunFigure> stack_bytes, instructions, time_s;
  std::vector<LayerUse> layers;
};

// From the cost model. Time is that of the target's clock at one instruction a cycle; the stack is not predicted.
RunUse predicted_use(const Compilation& compilation, const cost::Cost& cost);

// The same with the instructions and the stack of a run: on the target, or on another board of its core that can run
// here. kBadUsage where there is none.
Result<RunUse> measured_use(const Compilation& compilation, const cost::Cost& cost);

// kBudgetExceeded with a table of the largest contributors where the model needs more than `budget`; kDoesNotFit where
// it needs more than the target has. RAM is the arena; flash is that of the linked firmware, which writes text where
// there are files for that (text_files.hpp), or the constants alone for a target without toolchain.
Status check_budget(const Compilation& compilation, const storage::Budget& budget, const backend::cpp::Files& text);

// kBudgetExceeded: by how much, where the figure comes from, and the dearest layers; kBadUsage for a limit of what is
// not known of the target.
Status check_budget(const RunUse& use, const RunBudget& budget, const Target& target);

// All of it before anything is written: what the cost model says, with a run where a limit of the stack asks for one.
Status check_budget(const Compilation& compilation, const cost::Cost& cost, const Budget& budget,
                    const backend::cpp::Files& text);

// The same of what bench has measured: time by its estimate of cycles where there is one, of the host its median.
Status check_budget(const Compilation& compilation, const BenchReport& report, const Budget& budget);

}  // namespace tmc::check
