// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "verify_report.hpp"

namespace tmc::app {

Json verify_json(const check::VerifyReport& report) {
  Json first = nullptr;
  if (report.first_difference) {
    const check::Difference& d = *report.first_difference;
    first = {{"node", d.node},       {"tensor", d.tensor},     {"sample", d.sample},
             {"element", d.element}, {"expected", d.expected}, {"actual", d.actual}};
  }
  return {{"oracle", report.oracle},
          {"samples", report.samples},
          {"elements", report.elements},
          {"mismatched", report.mismatched},
          {"max_abs_diff", report.max_abs_diff},
          {"max_steps", report.max_steps},
          {"oracle_moves", report.oracle_moves},
          {"bit_exact", report.bit_exact},
          {"pass", report.pass},
          {"first_difference", std::move(first)},
          {"beyond_one_step", report.beyond_one_step},
          {"by_operator", report.by_operator},
          {"end_to_end",
           {{"elements", report.end_to_end_elements},
            {"beyond_one_step", report.end_to_end_beyond_one_step},
            {"max_steps", report.end_to_end_max_steps}}},
          {"tensors", report.tensors},
          {"intermediates_compared", report.intermediates_compared}};
}

void print_verify(const check::VerifyReport& report) {
  fmt::print("{}: {} of {} elements differ in {} samples, at most {:g} ({:g} steps)\n", report.pass ? "pass" : "FAIL",
             report.mismatched, report.elements, report.samples, report.max_abs_diff, report.max_steps);
  if (report.oracle == "newest litert") {
    fmt::print("  by the newest LiteRT, since the pinned one lacks a version of an operator\n");
  }
  if (report.oracle_moves > 0) {
    fmt::print("  the oracle's own answers move by up to {:g} where its inputs move by a rounding\n",
               report.oracle_moves);
  }
  if (report.by_operator) {
    fmt::print("  operator by operator on the oracle's values, {} tensors; {} elements beyond one step\n",
               report.tensors.size(), report.beyond_one_step);
    fmt::print("  end to end: {} of {} elements beyond one step, at most {:g} steps\n",
               report.end_to_end_beyond_one_step, report.end_to_end_elements, report.end_to_end_max_steps);
  } else {
    for (const std::string& tensor : report.tensors) fmt::print("  compared at '{}'\n", tensor);
    if (report.intermediates_compared) fmt::print("  and at {} intermediate tensors\n", report.intermediates_compared);
  }
  if (report.first_difference) {
    const check::Difference& d = *report.first_difference;
    fmt::print("  first node that differs: '{}', tensor '{}', sample {}, element {}: expected {:g}, got {:g}\n", d.node,
               d.tensor, d.sample, d.element, d.expected, d.actual);
  }
}

}  // namespace tmc::app
