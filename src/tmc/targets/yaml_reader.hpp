// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads the keys of one YAML mapping into plain variables and remembers the first thing that is wrong: a key that is
// missing, of the wrong type, or (in `finish`) never asked for. A key that is asked for with `optional` may be absent.

#include <yaml-cpp/yaml.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/targets/byte_size.hpp"

namespace tmc::targets {

// Error: kMalformed where it is not YAML.
inline Result<YAML::Node> parse_yaml(std::string_view text) {
  try {
    return YAML::Load(std::string(text));
  } catch (const YAML::Exception& failure) {
    return error(Error::kMalformed, "not YAML: {}", failure.what());
  }
}

class YamlReader {
 public:
  // `where` names the mapping in errors, such as "memory[2]".
  YamlReader(const YAML::Node& node, std::string where) : node_(node), where_(std::move(where)) {
    if (!node_.IsMap()) fail("is not a mapping");
  }

  bool has(const std::string& key) const { return node_.IsMap() && node_[key].IsDefined(); }

  // The value itself, for nested mappings and lists of them.
  YAML::Node node(const std::string& key) {
    seen_.insert(key);
    return has(key) ? node_[key] : YAML::Node();
  }

  template <typename T>
  void required(const std::string& key, T& value) {
    if (!has(key)) fail("lacks key '" + key + "'");
    optional(key, value);
  }

  template <typename T>
  void optional(const std::string& key, T& value) {
    seen_.insert(key);
    if (!has(key)) return;
    try {
      value = node_[key].as<T>();
    } catch (const YAML::Exception&) {
      fail("has a value of the wrong type for key '" + key + "'");
    }
  }

  void required_bytes(const std::string& key, std::uint64_t& bytes) {
    std::string text;
    required(key, text);
    auto parsed = parse_byte_size(text);
    if (parsed.ok()) {
      bytes = *parsed;
    } else {
      fail("key '" + key + "': " + parsed.status().message());
    }
  }

  void fail(const std::string& what) {
    if (status_.ok()) status_ = error(Error::kMalformed, "{} {}", where_, what);
  }

  Status finish() {
    if (node_.IsMap()) {
      for (const auto& entry : node_) {
        const std::string key = entry.first.as<std::string>("");
        if (!seen_.contains(key)) fail("has the unknown key '" + key + "'");
      }
    }
    return status_;
  }

 private:
  YAML::Node node_;
  std::string where_;
  std::set<std::string> seen_;
  Status status_;
};

}  // namespace tmc::targets
