// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <span>
#include <string_view>

#include "tmc/base/host/embedded.hpp"
#include "tmc/report/data.hpp"
#include "tmc/report/report.hpp"

namespace tmc::report {

std::span<const EmbeddedFile> page_files();  // generated from page/

namespace {

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '&':
        html += "&amp;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string_view page_file(std::string_view path) {
  for (const EmbeddedFile& file : page_files()) {
    if (file.path == path) return file.text;
  }
  return {};
}

// What stands in the place of {{name}}: the report's title or data, else the page's file of that name.
std::string part(const Report& report, std::string_view name) {
  if (name == "title") return escaped(fmt::format("{} on {}", report.model, report.target));
  if (name == "data") return to_data(report);
  return std::string(page_file(name));
}

}  // namespace

std::string to_html(const Report& report) {
  std::string html;
  std::string_view rest = page_file("page.html");
  while (true) {
    const size_t begin = rest.find("{{");
    html += rest.substr(0, begin);
    if (begin == std::string_view::npos) return html;
    const size_t end = rest.find("}}", begin);
    html += part(report, rest.substr(begin + 2, end - begin - 2));
    rest.remove_prefix(end + 2);
  }
}

}  // namespace tmc::report
