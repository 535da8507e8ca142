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

  // Lines begin after `indent`; `separator` stands between two items on one line.
  explicit WrappedList(std::string indent, std::string separator = ", ")
      : indent_(std::move(indent)), separator_(std::move(separator)) {}

  void append(std::string_view item) {
    const std::size_t with_comma = item.size() + 1;
    if (text_.empty()) {
      text_ = indent_;
    } else if (text_.size() - line_begin_ + separator_.size() + with_comma > kLimit) {
      text_ += ",\n";
      line_begin_ = text_.size();
      text_ += indent_;
    } else {
      text_ += separator_;
    }
    text_ += item;
  }

  const std::string& text() const { return text_; }

 private:
  std::string indent_, separator_, text_;
  std::size_t line_begin_ = 0;
};

}  // namespace tmc::backend::cpp
