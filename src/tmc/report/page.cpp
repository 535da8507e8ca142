// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/page.hpp"

#include <span>
#include <string_view>

#include "tmc/base/host/embedded.hpp"

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

std::string without_markup(const std::string& json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<':
        safe += "\\u003c";
        break;
      case '>':
        safe += "\\u003e";
        break;
      case '&':
        safe += "\\u0026";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string script_data(const json::Value& data) {
  return without_markup(data.dump());
}

std::string make_page(std::string_view file, std::string_view title, const std::string& data) {
  std::string html;
  std::string_view rest = page_file(file);
  while (true) {
    const size_t begin = rest.find("{{");
    html += rest.substr(0, begin);
    if (begin == std::string_view::npos) return html;
    const size_t end = rest.find("}}", begin);
    const std::string_view name = rest.substr(begin + 2, end - begin - 2);
    html += name == "title" ? escaped(title) : name == "data" ? data : std::string(page_file(name));
    rest.remove_prefix(end + 2);
  }
}

}  // namespace tmc::report
