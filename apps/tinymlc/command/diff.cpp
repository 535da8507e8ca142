// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/diff.hpp"

#include <filesystem>

#include "command.hpp"
#include "tmc/pipeline/predict.hpp"

namespace tmc::app {
namespace {

struct DiffArguments {
  ModelOptions model;  // its settings; the models are these two
  std::string before, after;
  bool exit_code = false;
  bool json = false;
};

const char* kind_name(report::Change::Kind kind) {
  switch (kind) {
    case report::Change::Kind::kAdded:
      return "added";
    case report::Change::Kind::kRemoved:
      return "removed";
    case report::Change::Kind::kChanged:
      return "changed";
  }
  return "";
}

Json to_json(const report::Change& change) {
  Json json = {{"part", change.part}, {"kind", kind_name(change.kind)}, {"name", change.name}};
  if (change.kind != report::Change::Kind::kChanged) return json;
  json["field"] = change.field;
  json["before"] = change.before;
  json["after"] = change.after;
  json["delta"] = change.delta;
  return json;
}

std::string delta_text(const report::Change& change) {
  if (!change.delta) return "";
  const int64_t delta = *change.delta;
  return (delta > 0 ? "(+" : "(") + grouped(delta) + ")";
}

void print(const std::vector<report::Change>& changes) {
  for (const char* part : {"graph", "plan", "footprint"}) {
    std::vector<std::vector<std::string>> rows = {{part, "what", "before", "after", ""}};
    for (const report::Change& change : changes) {
      if (change.part != part) continue;
      const bool whole = change.kind != report::Change::Kind::kChanged;
      rows.push_back({shortened(change.name), whole ? kind_name(change.kind) : change.field, change.before,
                      change.after, delta_text(change)});
    }
    if (rows.size() > 1) fmt::print("{}\n", table(rows));
  }
  if (changes.empty()) fmt::print("no difference\n");
}

Result<report::Snapshot> snapshot(ModelOptions settings, const std::string& path) {
  settings.model = path;
  TMC_ASSIGN(const pipeline::Compilation compilation, settings.compile());
  TMC_ASSIGN(const cost::Cost cost, pipeline::predict_cost(compilation));
  return report::snapshot_of(compilation, cost);
}

Status run_diff(const DiffArguments& options, Exit& exit) {
  const bool folder_before = std::filesystem::is_directory(options.before);
  const bool folder_after = std::filesystem::is_directory(options.after);
  if (folder_before != folder_after) {
    return error(Error::kBadUsage, "'{}' is a folder, '{}' is not", folder_before ? options.before : options.after,
                 folder_before ? options.after : options.before)
        .with_hint("give two models, or two folders that `tinymlc compile` wrote");
  }
  const auto load = [&](const std::string& path) {
    return folder_before ? report::load_snapshot(path) : snapshot(options.model, path);
  };
  TMC_ASSIGN(const report::Snapshot before, load(options.before));
  TMC_ASSIGN(const report::Snapshot after, load(options.after));
  const std::vector<report::Change> changes = report::diff(before, after);
  if (options.json) {
    Json list = Json::array();
    for (const report::Change& change : changes) list.push_back(to_json(change));
    fmt::print("{}\n",
               Json({{"before", options.before}, {"after", options.after}, {"changes", std::move(list)}}).dump(2));
  } else {
    print(changes);
  }
  if (options.exit_code && !changes.empty()) exit.code = 1;
  return {};
}

}  // namespace

void add_diff(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("diff", "What changed between two models or two compiled folders");
  auto options = std::make_shared<DiffArguments>();
  command->add_option("before", options->before, "model file, or folder that `compile` wrote")->required();
  command->add_option("after", options->after, "of the same kind")->required();
  options->model.add_settings_to(*command);
  command->add_flag("--exit-code", options->exit_code, "ends with 1 where there is a difference");
  command->add_flag("--json", options->json, "for machines");
  command->callback([options, &exit] { exit.check(run_diff(*options, exit)); });
}

}  // namespace tmc::app
