// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/load.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/yaml.hpp"
#include "tmc/custom/read_description.hpp"
#include "tmc/custom/sources.hpp"

namespace tmc::custom {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostYamlBytes = 1 << 20;

Status all_of(const Problems& problems) {
  if (problems.empty()) return {};
  if (problems.size() == 1) return {Error::kMalformed, problems.front()};
  return error(Error::kMalformed, "{} things are wrong:\n  {}", problems.size(), fmt::join(problems, "\n  "));
}

// Programs point to what an operator holds.
void keep(std::shared_ptr<const Operator> op) {
  static std::mutex mutex;
  static std::vector<std::shared_ptr<const Operator>> kept;
  const std::scoped_lock lock(mutex);
  kept.push_back(std::move(op));
}

// All headers that are missing, before any is read.
Status check_headers(const std::vector<Description>& descriptions) {
  std::set<std::string> missing;
  for (const Description& description : descriptions) {
    std::error_code failure;
    if (!fs::exists(description.folder / description.header, failure)) missing.insert(description.header);
  }
  if (missing.empty()) return {};
  return error(Error::kNotFound, "it names headers that are not there: {}", fmt::join(missing, ", "))
      .with_hint("put them beside the description, or say where they are below its folder");
}

// "operators[2] 'biquad'".
std::string place_of(const json::Value& entry, size_t index) {
  std::string name;
  const json::Value* value = json::member(entry, "name");
  const bool is_named = value != nullptr && json::read(*value, name) && is_identifier(name);
  return fmt::format("operators[{}]{}", index, is_named ? " '" + name + "'" : "");
}

Status load_file(const fs::path& path, std::vector<std::shared_ptr<const Operator>>& operators) {
  TMC_ASSIGN(const std::string text, read_file(path));
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  TMC_ASSIGN(std::vector<Description> descriptions, parse(text, folder));
  TMC_TRY(check_headers(descriptions));
  for (Description& description : descriptions) {
    const auto same = [&](const auto& other) { return other->description().name == description.name; };
    if (std::ranges::any_of(operators, same)) {
      return error(Error::kMalformed, "operator '{}' is described in another file, too", description.name)
          .with_hint("rename one of them");
    }
    TMC_ASSIGN(std::vector<SourceFile> sources, read_sources(description.folder, description.header));
    operators.push_back(std::make_shared<const Operator>(std::move(description), std::move(sources)));
    keep(operators.back());
  }
  return {};
}

}  // namespace

Result<std::vector<Description>> parse(std::string_view yaml, const fs::path& folder) {
  if (yaml.size() > kMostYamlBytes) {
    return error(Error::kMalformed, "the file has {} bytes; it may have {}", yaml.size(), kMostYamlBytes);
  }
  TMC_ASSIGN(const json::Value json, parse_yaml(yaml));
  std::vector<Description> descriptions;
  std::set<std::string> names;
  Problems problems;
  YamlEntry file(json, "the file", problems);
  for (const json::Value* value : file.list("operators", 1, kMostOperators)) {
    YamlEntry entry(*value, place_of(*value, descriptions.size()), problems);
    descriptions.push_back(read_description(entry, folder));
    const std::string& name = descriptions.back().name;
    if (!names.insert(name).second) entry.fail("has the name '" + name + "' of another one: rename it");
  }
  file.finish();
  TMC_TRY(all_of(problems));
  return descriptions;
}

Result<Operators> load(std::span<const fs::path> files) {
  Operators loaded;
  for (const fs::path& path : files) {
    TMC_TRY(load_file(path, loaded.operators_)
                .in_file(path.string())
                .with_hint("docs/custom-operators.md describes the file"));
  }
  return loaded;
}

std::vector<std::shared_ptr<const Operator>> Operators::of_onnx(std::string_view domain, std::string_view type) const {
  std::vector<std::shared_ptr<const Operator>> found;
  const auto plain = [](std::string_view name) { return name == "ai.onnx" ? std::string_view() : name; };
  for (const auto& op : operators_) {
    const Description& description = op->description();
    if (plain(description.onnx_domain) == plain(domain) && description.onnx_type == type && !type.empty()) {
      found.push_back(op);
    }
  }
  return found;
}

std::vector<std::shared_ptr<const Operator>> Operators::of_tflite(std::string_view name) const {
  std::vector<std::shared_ptr<const Operator>> found;
  for (const auto& op : operators_) {
    if (op->description().tflite == name && !name.empty()) found.push_back(op);
  }
  return found;
}

}  // namespace tmc::custom
