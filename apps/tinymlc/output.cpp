// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "command.hpp"
#include "tmc/base/host/explanations.hpp"
#include "tmc/base/host/refusals.hpp"

namespace tmc::app {

bool Exit::check(const Status& status) {
  if (status.ok()) return true;
  const std::string errors_code = code_of(status.code());
  const std::string text = Status(status).with_hint(usual_hint(status.code())).text();
  fmt::print(stderr, "tinymlc: {}\n  {}: `tinymlc explain {}` says more\n", text, errors_code, errors_code);
  code = exit_code(status.code());
  return false;
}

std::string grouped(int64_t value) {
  std::string digits = std::to_string(value);
  const size_t first = value < 0 ? 1 : 0;
  for (size_t at = digits.size(); at > first + 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string removed_text(const ir::RemovedWork& removed) {
  return fmt::format("{} channels that carry nothing went, and with them {} weights and {} MACs",
                     grouped(removed.channels), grouped(removed.weights), grouped(removed.macs));
}

std::string features_text(const std::vector<std::string>& names) {
  constexpr size_t kMost = 40;
  const auto end = names.begin() + static_cast<ptrdiff_t>(std::min(names.size(), kMost));
  return fmt::format("{} features: {}{}", grouped(std::ssize(names)), fmt::join(names.begin(), end, ", "),
                     end == names.end() ? "" : ", ...");
}

std::string kernel_text(const std::string& label, int32_t stripes) {
  return stripes > 1 ? fmt::format("{}, {} stripes", label, stripes) : label;
}

std::string shortened(const std::string& name) {
  constexpr size_t kMost = 40;
  return name.size() > kMost ? "..." + name.substr(name.size() - kMost + 3) : name;
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  std::vector<bool> is_text;  // of a column: to the left, numbers to the right
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    is_text.resize(widths.size());
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], row[i].size());
      const bool is_number = row[i].empty() || row[i] == "-" || std::isdigit(static_cast<unsigned char>(row[i][0]));
      if (&row != &rows.front() && !is_number) is_text[i] = true;
    }
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line += "  ";
      line += is_text[i] ? fmt::format("{:<{}}", row[i], widths[i]) : fmt::format("{:>{}}", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  show("");
}

void ProgressLine::show(const std::string& text) {
  if (!terminal_ || (text.empty() && shown_ == 0)) return;
  fmt::print(stderr, "\r{:<{}}\r{}", "", shown_, text);
  std::fflush(stderr);
  shown_ = text.size();
}

}  // namespace tmc::app
