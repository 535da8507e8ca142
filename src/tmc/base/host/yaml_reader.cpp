// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include "tmc/base/host/yaml.hpp"

namespace tmc {
namespace {

using Json = json::Value;

// yaml-cpp reports through exceptions; this one ends its walk and does not leave this file.
struct Refused {
  Status status;
};

Status malformed(const YAML::Mark& mark, std::string_view what) {
  return error(Error::kMalformed, "line {}: {}", mark.line + 1, what);
}

// Numbers as JSON writes them and as the core schema adds to it; everything else that is not quoted is a text.
Json plain_scalar(const std::string& text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  const bool may_be_number = text[0] == '-' || (text[0] >= '0' && text[0] <= '9');
  if (may_be_number) {
    if (auto number = json::parse(text); number.ok()) return std::move(number).value();
  }
  return text;
}

class Builder final : public YAML::EventHandler {
 public:
  Json take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, "?", anchor);
    add(mark, nullptr);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { throw Refused{malformed(mark, "an alias")}; }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool quoted = tag == "!";
    check(mark, quoted ? "?" : tag, anchor);
    if (expects_key()) {
      key(mark, value);
    } else {
      add(mark, quoted ? Json(value) : plain_scalar(value));
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Json::array());
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Json::object());
  }
  void OnSequenceEnd() override { levels_.pop_back(); }
  void OnMapEnd() override { levels_.pop_back(); }

 private:
  struct Level {
    Json* value;
    std::set<std::string> keys;  // that were there
    Json* member = nullptr;      // of the last key, until it has its value
  };

  static void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) throw Refused{malformed(mark, "an anchor")};
    if (tag != "?" && !tag.empty()) throw Refused{malformed(mark, "a tag")};
  }

  bool expects_key() const {
    return !levels_.empty() && levels_.back().value->as<Json::Object>() && !levels_.back().member;
  }

  void key(const YAML::Mark& mark, const std::string& name) {
    Level& level = levels_.back();
    if (!level.keys.insert(name).second) throw Refused{malformed(mark, "key '" + name + "' a second time")};
    level.member = &level.value->append(name, nullptr);
  }

  Json& add(const YAML::Mark& mark, Json value) {
    if (levels_.empty()) return root_ = std::move(value);
    Level& level = levels_.back();
    if (level.value->as<Json::Array>()) return level.value->push_back(std::move(value));
    if (!level.member) throw Refused{malformed(mark, "a key that is no text")};
    return *std::exchange(level.member, nullptr) = std::move(value);
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Json empty) {
    check(mark, tag == "!" ? "?" : tag, anchor);
    if (levels_.size() == json::kMostDepth) throw Refused{malformed(mark, "too many levels")};
    Json& opened = add(mark, std::move(empty));
    levels_.push_back({&opened, {}});
  }

  Json root_;
  std::vector<Level> levels_;  // the containers that are open; a container grows only while it is the innermost
};

}  // namespace

Result<Json> parse_yaml(std::string_view text) {
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder;
    if (!parser.HandleNextDocument(builder)) return error(Error::kMalformed, "the text holds no YAML");
    Builder second;
    if (parser.HandleNextDocument(second)) return error(Error::kMalformed, "the text holds a second YAML document");
    return builder.take();
  } catch (const Refused& refused) {
    return refused.status;
  } catch (const YAML::Exception& wrong) {
    return malformed(wrong.mark, wrong.msg);
  }
}

}  // namespace tmc
