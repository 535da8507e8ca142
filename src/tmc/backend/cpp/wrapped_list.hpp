// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A list with commas in generated source, broken into lines of at most kLimit columns.

#include <string>
#include <string_view>
#include <utility>

namespace tmc::backend::cpp {

class WrappedList {
 public:
  static constexpr std::size_t kLimit = 118;

  explicit WrappedList(std::string indent) : indent_(std::move(indent)) {}

  void append(std::string_view item) {
    if (text_.empty()) {
      text_ = indent_;
    } else if (text_.size() - line_begin_ + item.size() + 3 > kLimit) {
      text_ += ",\n";
      line_begin_ = text_.size();
      text_ += indent_;
    } else {
      text_ += ", ";
    }
    text_ += item;
  }

  const std::string& text() const { return text_; }

 private:
  std::string indent_, text_;
  std::size_t line_begin_ = 0;
};

}  // namespace tmc::backend::cpp
