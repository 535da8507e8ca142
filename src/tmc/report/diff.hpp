// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What differs between two compiled models, or two folders that `compile` wrote: in the graph, in the plan, and in the
// footprint as the cost model predicts it.
//
// Both sides are first brought to one plain form. Layers and tensors are told by their names, the second of a name by
// its place among its namesakes.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tmc/cost/predict.hpp"
#include "tmc/report/subject.hpp"

namespace tmc::report {

// Something with a name and some fields, each a text or a number.
struct Described {
  struct Field {
    std::string name, text;
    std::optional<int64_t> number;  // set: `text` is its decimal form
  };
  std::string name;
  std::vector<Field> fields;
};

// What is compared: in each part, things in their order.
struct Snapshot {
  std::vector<Described> graph, plan, footprint;
};

struct Change {
  enum class Kind : uint8_t { kAdded, kRemoved, kChanged } kind = Kind::kChanged;
  std::string part;  // "graph", "plan" or "footprint"
  std::string name, field;
  std::string before, after;                    // of a change
  std::optional<int64_t> delta = std::nullopt;  // of a number
};

Snapshot snapshot_of(const Subject& subject, const cost::Cost& cost);
// kMalformed for a manifest that is none of tinymlc, or of a version that says less.
Result<Snapshot> load_snapshot(const std::filesystem::path& folder);

std::vector<Change> diff(const Snapshot& before, const Snapshot& after);

}  // namespace tmc::report
