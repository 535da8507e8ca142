// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/stripe_price.hpp"

#include <algorithm>

#include "tmc/cost/predict.hpp"
#include "tmc/storage/budget.hpp"

namespace tmc::pipeline {
namespace {

// Of a call more, beside what is linear in the work: what an implementation prepares, and what the fit does not see of
// it.
constexpr double kCallInstructions = 300;

struct StripeAmounts {
  double instructions = 0;
  double calls = 0;  // in instructions
  double code_bytes = 0;
};

StripeAmounts stripe_amounts(const program::Program& program, const Target& target, Optimize optimize,
                             const cost::CostTable* table) {
  const cost::Cost cost = cost::predict(program, target, optimize, table);
  return {cost.instructions, kCallInstructions * static_cast<double>(program.steps.size()),
          cost.flash ? static_cast<double>(cost.flash->code) : 0};
}

}  // namespace

Result<storage::StripesPrice> stripe_price(const program::Program& plain, const Target& target, Optimize optimize) {
  TMC_ASSIGN(const cost::CostTable* const table, cost::load_cost_table(target));
  const StripeAmounts before = stripe_amounts(plain, target, optimize, table);
  const double flash_bytes = before.code_bytes + static_cast<double>(storage::memory_of(plain).flash_bytes);
  return storage::StripesPrice([=](const program::Program& striped) {
    const StripeAmounts after = stripe_amounts(striped, target, optimize, table);
    const double instructions =
        std::max(after.instructions - before.instructions, 0.0) + std::max(after.calls - before.calls, 0.0);
    const double bytes = std::max(after.code_bytes - before.code_bytes, 0.0);
    return (before.instructions > 0 ? kInstructionRate * instructions / before.instructions : 0) +
           (flash_bytes > 0 ? kFlashRate * bytes / flash_bytes : 0);
  });
}

}  // namespace tmc::pipeline
