// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/base/host/json.hpp"
#include "tmc/report/data.hpp"

namespace tmc::report {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kHostile = "</script><img src=x onerror=alert(1)>&\"'{{data}}\xff\u202e";

json::Value data_of(const Report& report) {
  auto data = json::parse(to_data(report));
  EXPECT_TRUE(data.ok());
  return data.ok() ? *data : json::Value();
}

Report small_report() {
  Report report;
  report.model = "net.onnx";
  report.target = "board";
  report.macs = 8;
  report.instructions = {20, 25};
  report.arena.bytes = 64;
  report.arena.lower_bound_bytes = 48;
  report.arena.buffers = {{"x", "input", 32, 0, -1, 0}};
  Layer& layer = report.layers.emplace_back();
  layer.name = "n";
  layer.op = "add";
  layer.kernel = "portable/add_s8";
  layer.stripes = 2;
  layer.macs = 8;
  layer.instructions = {20, 25};
  report.steps = {0, 0};
  report.graph.values = {{"x", "i8", "4", "", -1}, {"w", "i8", "4", "", 4}, {"y", "i8", "4", "", -1}};
  report.graph.nodes = {{.name = "n", .op = "add", .doc = "", .attributes = {}, .inputs = {0, 1, -1}, .outputs = {2}}};
  report.graph.inputs = {0};
  report.graph.outputs = {2};
  return report;
}

TEST(Report, DataSayWhatTheReportSays) {
  const json::Value data = data_of(small_report());
  EXPECT_EQ(data["model"], "net.onnx");
  EXPECT_EQ(data["instructions"]["measured"], 25);
  EXPECT_TRUE(data["flash"]["total"]["measured"].is_null());
  EXPECT_EQ(data["arena"]["buffers"].at(0)["first"], -1);
  EXPECT_EQ(data["layers"].at(0)["stripes"], 2);
  EXPECT_EQ(data["steps"], (std::vector<int>{0, 0}));
}

TEST(Report, PictureLeadsFromInputToOutputAndLeavesConstantsOut) {
  const json::Value data = data_of(small_report());
  const json::Value& drawing = data["graph"]["drawing"];
  EXPECT_EQ(drawing["vertices"].size(), 3U);
  ASSERT_EQ(drawing["edges"].size(), 2U);
  EXPECT_EQ(drawing["edges"].at(0)["from"], 0);
  EXPECT_EQ(drawing["edges"].at(1)["to"], 2);
  EXPECT_EQ(drawing["ranks"], 3);
}

TEST(Report, PageIsWholeAndReproducible) {
  const std::string page = to_html(small_report());
  EXPECT_EQ(page, to_html(small_report()));
  EXPECT_THAT(page, HasSubstr("<title>net.onnx on board</title>"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, HasSubstr("function drawGraph()"));
  EXPECT_THAT(page, HasSubstr("prefers-color-scheme"));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST(Report, NamesCannotBreakOutOfThePage) {
  Report report = small_report();
  report.model = kHostile;
  report.layers[0].name = kHostile;
  report.arena.buffers[0].name = kHostile;
  report.graph.values[0].name = kHostile;
  report.graph.nodes[0].attributes = {{kHostile, kHostile}};
  const std::string page = to_html(report);
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  // The only ends of scripts are the page's own two.
  size_t ends = 0;
  for (size_t at = page.find("</script"); at != std::string::npos; at = page.find("</script", at + 1)) ++ends;
  EXPECT_EQ(ends, 2U);
  EXPECT_TRUE(json::parse(to_data(report)).ok());
}

}  // namespace
}  // namespace tmc::report
