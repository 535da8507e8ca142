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

Result<FormCost> read_body(const YAML::Node& node, const std::string& where) {
  FormCost cost;
  YamlReader reader(node, where);
  reader.required("base", cost.base_instructions);
  reader.required("factors", cost.factors);
  reader.required("code_bytes", cost.code_bytes);
  reader.optional("code_factors", cost.code_factors);
  reader.required("error", cost.relative_error);
  if (reader.has("code_error")) reader.required("code_error", cost.code_error_bytes.emplace());
  reader.optional("helpers", cost.helpers);
  if (reader.has("rare_helpers")) {
    reader.required("rare_helpers", cost.rare_helpers);
    reader.required("rare_term", cost.rare_term);
    if (cost.rare_term >= cost.factors.size()) reader.fail("has no such rare_term");
  }
  TMC_TRY(reader.finish());
  return cost;
}

Status check_helpers(const FormTable& table) {
  for (const auto& [body, cost] : table.bodies) {
    for (const auto* helpers : {&cost.helpers, &cost.rare_helpers}) {
      for (const std::string& helper : *helpers) {
        if (!table.helper_bytes.contains(helper)) return error(Error::kMalformed, "{}: no bytes of {}", body, helper);
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
  const YAML::Node bodies = reader.node("bodies");
  if (!bodies.IsMap()) reader.fail("has no bodies");
  TMC_TRY(reader.finish());
  for (const auto& entry : bodies) {
    const std::string name = entry.first.as<std::string>();
    TMC_ASSIGN(table.bodies[name], read_body(entry.second, fmt::format("{} {}", where, name)));
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

Status check_terms(const CostTable& table) {
  std::map<std::string, std::size_t> terms;
  std::set<std::string> never_small;
  for (const kernels::BodyInfo* body : kernels::all_bodies()) {
    // How many there are does not depend on the values.
    terms[body->label()] = body->cost_terms(std::vector<int32_t>(body->kernel->param_words, 1)).size();
    if (body->spends_flash()) never_small.insert(body->label());
  }
  std::string wrong;
  for (std::size_t form = 0; form < kForms; ++form) {
    for (const auto& [name, cost] : table.forms[form].bodies) {
      const auto found = terms.find(name);
      if (found == terms.end()) {
        wrong += fmt::format("\n  {} {}: there is no such kernel body", kFormKeys[form], name);
      } else if (is_small(static_cast<Form>(form)) && never_small.contains(name)) {
        wrong += fmt::format("\n  {} {}: no build for size takes it", kFormKeys[form], name);
      } else if (cost.factors.size() != found->second ||
                 (!cost.code_factors.empty() && cost.code_factors.size() != found->second)) {
        wrong += fmt::format("\n  {} {}: {} factors and {} code_factors, the body has {} terms", kFormKeys[form], name,
                             cost.factors.size(), cost.code_factors.size(), found->second);
      }
    }
  }
  if (wrong.empty()) return {};
  return error(Error::kMalformed, "rows do not match the bodies:{}", wrong)
      .remedied_by("fit these bodies anew: scripts/fit_costs --only stale, for each core");
}

Result<std::optional<CostTable>> load_cost_table(const Target& target) {
  const std::string path = "cost/" + target.core + ".yaml";
  const EmbeddedFile* const file = targets::find_data_file(path);
  if (file == nullptr) return std::optional<CostTable>();
  // Files of the program do not change, and one compilation asks for its table many times.
  static std::mutex mutex;
  static std::map<std::string, CostTable> parsed;
  const std::scoped_lock lock(mutex);
  auto found = parsed.find(path);
  if (found == parsed.end()) {
    TMC_ASSIGN(CostTable table, parse_cost_table(file->text, "targets/data/" + path));
    found = parsed.emplace(path, std::move(table)).first;
  }
  return std::optional<CostTable>(found->second);
}

}  // namespace tmc::cost
