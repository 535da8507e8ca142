// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/diff.hpp"

#include <algorithm>
#include <map>

namespace tmc::report {
namespace {

// Things by name; of several with the same name, by which of them it is.
std::vector<std::string> keys_of(const std::vector<Described>& list) {
  std::map<std::string, int> seen;
  std::vector<std::string> keys;
  for (const Described& entry : list) {
    const int count = ++seen[entry.name];
    keys.push_back(count == 1 ? entry.name : fmt::format("{} (#{})", entry.name, count));
  }
  return keys;
}

using Index = std::map<std::string, const Described*>;

Index index_of(const std::vector<Described>& list, const std::vector<std::string>& keys) {
  Index index;
  for (size_t i = 0; i < list.size(); ++i) index[keys[i]] = &list[i];
  return index;
}

const Described::Field* find_field(const Described& entry, const std::string& name) {
  const auto found = std::ranges::find(entry.fields, name, &Described::Field::name);
  return found == entry.fields.end() ? nullptr : &*found;
}

class Differ {
 public:
  explicit Differ(std::string part, std::vector<Change>& changes) : part_(std::move(part)), changes_(changes) {}

  void run(const std::vector<Described>& before, const std::vector<Described>& after) {
    const std::vector<std::string> keys_before = keys_of(before);
    const std::vector<std::string> keys_after = keys_of(after);
    const Index old_entries = index_of(before, keys_before);
    const Index new_entries = index_of(after, keys_after);
    for (const std::string& key : keys_before) {
      const auto found = new_entries.find(key);
      if (found == new_entries.end()) {
        add({.kind = Change::Kind::kRemoved, .part = part_, .name = key, .field = {}, .before = {}, .after = {}});
      } else {
        compare(key, *old_entries.at(key), *found->second);
      }
    }
    for (const std::string& key : keys_after) {
      if (!old_entries.contains(key)) {
        add({.kind = Change::Kind::kAdded, .part = part_, .name = key, .field = {}, .before = {}, .after = {}});
      }
    }
    compare_order(keys_before, keys_after, old_entries, new_entries);
  }

 private:
  void add(Change change) { changes_.push_back(std::move(change)); }

  void compare(const std::string& key, const Described& before, const Described& after) {
    for (const Described::Field& old_field : before.fields) {
      const Described::Field* const new_field = find_field(after, old_field.name);
      if (new_field && new_field->text == old_field.text) continue;
      Change change{.part = part_, .name = key, .field = old_field.name, .before = old_field.text, .after = {}};
      if (new_field) {
        change.after = new_field->text;
        if (old_field.number && new_field->number) change.delta = *new_field->number - *old_field.number;
      }
      add(std::move(change));
    }
    for (const Described::Field& new_field : after.fields) {
      if (find_field(before, new_field.name)) continue;
      add({.part = part_, .name = key, .field = new_field.name, .before = {}, .after = new_field.text});
    }
  }

  // What is on both sides should stand in the same order.
  void compare_order(std::vector<std::string> before, std::vector<std::string> after, const Index& old_entries,
                     const Index& new_entries) {
    std::erase_if(before, [&](const std::string& key) { return !new_entries.contains(key); });
    std::erase_if(after, [&](const std::string& key) { return !old_entries.contains(key); });
    const auto [left, right] = std::ranges::mismatch(before, after);
    if (left == before.end()) return;
    add({.part = part_, .name = *left, .field = "order", .before = *left, .after = *right});
  }

  std::string part_;
  std::vector<Change>& changes_;
};

}  // namespace

std::vector<Change> diff(const Snapshot& before, const Snapshot& after) {
  std::vector<Change> changes;
  Differ("graph", changes).run(before.graph, after.graph);
  Differ("plan", changes).run(before.plan, after.plan);
  Differ("footprint", changes).run(before.footprint, after.footprint);
  return changes;
}

}  // namespace tmc::report
