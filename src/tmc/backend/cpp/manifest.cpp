// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/manifest.hpp"

#include <numeric>

#include "tmc/base/host/json_reader.hpp"
#include "tmc/program/names.hpp"
#include "tmc/program/stored_constants.hpp"

namespace tmc::backend::cpp {
namespace {

using Json = json::Value;

constexpr std::string_view kGenerator = "tinymlc";

Json plan(const program::Program& program) {
  Json buffers = Json::array();
  for (const program::Buffer& buffer : program.buffers) {
    buffers.push_back({{"name", buffer.name},
                       {"kind", program::buffer_kind_name(buffer.kind)},
                       {"region", buffer.region},
                       {"offset", buffer.offset},
                       {"bytes", buffer.bytes}});
  }
  Json regions = Json::array();
  for (const program::Region& region : program.regions) {
    regions.push_back({{"name", region.name}, {"bytes", region.used_bytes}});
  }
  return {{"arena_bytes", program.arena_bytes()}, {"regions", std::move(regions)},
          {"method", program.plan.method},        {"lower_bound_bytes", program.plan.lower_bound_bytes},
          {"optimal", program.plan.optimal},      {"buffers", std::move(buffers)}};
}

Json steps(const program::Program& program, const Options& options, const std::vector<program::Instance>& instances) {
  std::vector<Json> list;
  for (const program::Step& step : program.steps) {
    list.push_back({{"name", step.name},
                    {"op", step.op},
                    {"kernel", step.implementation->label()},
                    {"macs", step.macs},
                    {"stripe", step.stripe}});
  }
  for (std::size_t i = 0; i < options.step_instructions.size(); ++i) {
    list[i]["predicted_instructions"] = options.step_instructions[i];
  }
  for (const program::Instance& instance : instances) {
    for (const int32_t step : instance.steps) list[static_cast<std::size_t>(step)]["function"] = instance.function;
  }
  return Json::array(std::move(list));
}

// What is known before anything is built.
Json footprint(const program::Program& program, const Options& options) {
  int64_t macs = 0;
  for (const program::Step& step : program.steps) macs += step.macs;
  Json json = {{"macs", macs},
               {"weight_bytes", program::constant_bytes(program).weights},
               {"arena_bytes", program.arena_bytes()}};
  if (!options.step_instructions.empty()) {
    json["predicted_instructions"] =
        std::accumulate(options.step_instructions.begin(), options.step_instructions.end(), int64_t{0});
  }
  if (options.code_bytes) json["predicted_code_bytes"] = *options.code_bytes;
  return json;
}

Json budget(const Options& options) {
  Json json = Json::object();
  if (options.flash_budget_bytes) json["flash_bytes"] = *options.flash_budget_bytes;
  if (options.ram_budget_bytes) json["ram_bytes"] = *options.ram_budget_bytes;
  return json;
}

}  // namespace

std::string manifest(const program::Program& program, const Options& options,
                     const std::vector<program::Instance>& instances, const std::string& kernels_version,
                     const Files& files) {
  Json paths = Json::array();
  for (const auto& [path, content] : files) paths.push_back(path);
  const Json json = {{"generator", kGenerator},
                     {"version", TMC_VERSION},
                     {"model", program.name},
                     {"model_sha256", options.model_sha256},
                     {"target", program.target},
                     {"optimize", optimize_name(options.optimize)},
                     {"keep_inputs", program.keep_inputs},
                     {"budget", budget(options)},
                     {"kernels_version", kernels_version},
                     {"steps", steps(program, options, instances)},
                     {"bill", footprint(program, options)},
                     {"plan", plan(program)},
                     {"files", std::move(paths)}};
  return json.dump(2) + "\n";
}

Result<std::vector<std::string>> manifest_files(std::string_view manifest) {
  const Status not_ours = error(Error::kMalformed, "it is no manifest of tinymlc");
  const auto json = json::parse(manifest);
  if (!json.ok() || (*json)["generator"] != kGenerator) return not_ours;
  std::vector<std::string> files;
  if (!json::read((*json)["files"], files)) return not_ours;
  return files;
}

}  // namespace tmc::backend::cpp
