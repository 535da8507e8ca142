// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tmc/report/data.hpp"
#include "tmc/report/page.hpp"
#include "tmc/report/report.hpp"

namespace tmc::report {

std::string to_html(const Report& report) {
  return make_page("page.html", fmt::format("{} on {}", report.model, report.target), to_data(report));
}

}  // namespace tmc::report
