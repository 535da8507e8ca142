// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/cost/table.hpp"

#include <map>
#include <mutex>
#include <set>

#include "tmc/kernels/host/registry.hpp"
#include "tmc/targets/embedded_targets.hpp"
#include "tmc/targets/yaml_reader.hpp"

namespace tmc::cost {
namespace {

using targets::YamlReader;

constexpr std::array<const char*, kForms> kFormKeys = {"fast_specialised", "fast_shared", "small_specialised",
                                                       "small_shared"};

Result<FormCost> read_implementation(const YAML::Node& node, const std::string& where) {
  FormCost cost;
  YamlReader reader(node, where);
  reader.required("base", cost.base_instructions);
  reader.required("coefficients", cost.coefficients);
  reader.required("code_bytes", cost.code_bytes);
  reader.optional("code_coefficients", cost.code_coefficients);
  reader.required("error", cost.relative_error);
  if (reader.has("code_error")) reader.required("code_error", cost.code_error_bytes.emplace());
  reader.optional("helpers", cost.helpers);
  if (reader.has("rare_helpers")) {
    reader.required("rare_helpers", cost.rare_helpers);
    reader.required("rare_feature", cost.rare_feature);
    if (cost.rare_feature >= cost.coefficients.size()) reader.fail("has no such rare_feature");
  }
  TMC_TRY(reader.finish());
  return cost;
}

Status check_helpers(const FormTable& table) {
  for (const auto& [implementation, cost] : table.implementations) {
    for (const auto* helpers : {&cost.helpers, &cost.rare_helpers}) {
      for (const std::string& helper : *helpers) {
        if (!table.helper_bytes.contains(helper))
          return error(Error::kMalformed, "{}: no bytes of {}", implementation, helper);
      }
    }
  }
  return {};
}

Result<FormTable> read_form(const YAML::Node& node, const std::string& where) {
  FormTable table;
  YamlReader reader(node, where);
  reader.required("run_bytes", table.run_bytes);
  reader.required("step_bytes", table.step_bytes);
  reader.required("helpers", table.helper_bytes);
  const YAML::Node implementations = reader.node("implementations");
  if (!implementations.IsMap()) reader.fail("has no implementations");
  TMC_TRY(reader.finish());
  for (const auto& entry : implementations) {
    const std::string name = entry.first.as<std::string>();
    TMC_ASSIGN(table.implementations[name], read_implementation(entry.second, fmt::format("{} {}", where, name)));
  }
  TMC_TRY(check_helpers(table));
  return table;
}

Result<CostTable> read_table(std::string_view yaml) {
  TMC_ASSIGN(const YAML::Node root, targets::parse_yaml(yaml));
  CostTable table;
  YamlReader reader(root, "the cost table");
  reader.required("image_bytes", table.image_bytes);
  for (std::size_t form = 0; form < kForms; ++form) {
    TMC_ASSIGN(table.forms[form], read_form(reader.node(kFormKeys[form]), kFormKeys[form]));
  }
  TMC_TRY(reader.finish());
  return table;
}

}  // namespace

Form form_of(Optimize optimize, bool specialised) {
  if (optimize == Optimize::kSize) return specialised ? Form::kSmallSpecialised : Form::kSmallShared;
  return specialised ? Form::kFastSpecialised : Form::kFastShared;
}

bool is_small(Form form) {
  return form == Form::kSmallSpecialised || form == Form::kSmallShared;
}

Result<CostTable> parse_cost_table(std::string_view yaml, std::string_view file) {
  auto table = read_table(yaml);
  if (!table.ok()) return std::move(table).status().in_file(file);
  return table;
}

Status check_features(const CostTable& table) {
  std::map<std::string, std::size_t> features;
  std::set<std::string> never_small;
  for (const kernels::ImplementationInfo* implementation : kernels::all_implementations()) {
    // How many there are does not depend on the values.
    features[implementation->label()] =
        implementation->cost_features(std::vector<int32_t>(implementation->kernel->param_words, 1)).size();
    if (implementation->spends_flash()) never_small.insert(implementation->label());
  }
  std::string wrong;
  for (std::size_t form = 0; form < kForms; ++form) {
    for (const auto& [name, cost] : table.forms[form].implementations) {
      const auto found = features.find(name);
      if (found == features.end()) {
        wrong += fmt::format("\n  {} {}: there is no such kernel implementation", kFormKeys[form], name);
      } else if (is_small(static_cast<Form>(form)) && never_small.contains(name)) {
        wrong += fmt::format("\n  {} {}: no build for size takes it", kFormKeys[form], name);
      } else if (cost.coefficients.size() != found->second ||
                 (!cost.code_coefficients.empty() && cost.code_coefficients.size() != found->second)) {
        wrong +=
            fmt::format("\n  {} {}: {} coefficients and {} code_coefficients, the implementation has {} features",
                        kFormKeys[form], name, cost.coefficients.size(), cost.code_coefficients.size(), found->second);
      }
    }
  }
  if (wrong.empty()) return {};
  return error(Error::kMalformed, "rows do not match the implementations:{}", wrong)
      .with_hint("fit these implementations anew: scripts/fit_costs --only stale, for each core");
}

Result<const CostTable*> load_cost_table(const Target& target) {
  const std::string path = "cost/" + target.core + ".yaml";
  const EmbeddedFile* const file = targets::find_data_file(path);
  if (file == nullptr) return nullptr;
  // Files of the program do not change, and one compilation asks for its table many times.
  static std::mutex mutex;
  static std::map<std::string, CostTable> parsed;
  const std::scoped_lock lock(mutex);
  auto found = parsed.find(path);
  if (found == parsed.end()) {
    TMC_ASSIGN(CostTable table, parse_cost_table(file->text, "targets/data/" + path));
    found = parsed.emplace(path, std::move(table)).first;
  }
  return &found->second;
}

}  // namespace tmc::cost
