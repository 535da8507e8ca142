// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What kernel implementations cost on a core, as fitted on generated layers: targets/data/cost/CORE.yaml, which
// scripts/fit_costs writes and docs/cost-model.md explains. Plain values.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::cost {

// How an instance of an implementation is compiled: for speed and balanced alike, or for size; with constant Params or
// without.
enum class Form : uint8_t { kFastSpecialised, kFastShared, kSmallSpecialised, kSmallShared };
inline constexpr std::size_t kForms = 4;
Form form_of(Optimize optimize, bool specialised);
// Compiled for size. Implementations that spend flash are not in these forms.
bool is_small(Form form);

struct FormCost {
  double base_instructions = 0;
  std::vector<double> coefficients;       // of the implementation's features (kernels::CostFeatures)
  double code_bytes = 0;                  // of one instance
  std::vector<double> code_coefficients;  // and what each feature adds that is not zero; empty for shared instances
  double relative_error = 0;              // of instructions, the largest over the generated layers
  // Of code_bytes with code_coefficients, in the same way; nothing where the row is older than that.
  std::optional<double> code_error_bytes;
  std::vector<std::string> helpers;  // functions that its instances call: once in an image
  // And those that only specialised instances call which have a feature, as clamps have.
  std::vector<std::string> rare_helpers;
  std::size_t rare_feature = 0;
};

struct FormTable {
  double run_bytes = 0;   // of the function that calls all steps
  double step_bytes = 0;  // and what every step adds to it
  std::map<std::string, double> helper_bytes;
  std::map<std::string, FormCost> implementations;  // by "isa/name"
};

struct CostTable {
  std::map<std::string, double> image_bytes;  // of an image without a model, by target
  std::array<FormTable, kForms> forms;

  const FormTable& of(Form form) const { return forms[static_cast<std::size_t>(form)]; }
};

// kMalformed: a key that is unknown, missing or of the wrong type, a helper without bytes. `file` is named in errors.
Result<CostTable> parse_cost_table(std::string_view yaml, std::string_view file);

// kMalformed where a row has another number of coefficients than its implementation has features, is of no
// implementation that there is, or of a form in which the implementation cannot be: with every such row in the message.
Status check_features(const CostTable& table);

// That of the target's core, for as long as the program runs; null where nobody has fitted one.
Result<const CostTable*> load_cost_table(const Target& target);

}  // namespace tmc::cost
