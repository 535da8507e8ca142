// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// docs/operators.md lists the operators of the graph as they are. With TMC_WRITE_DOCS set, this writes it.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "tmc/base/host/files.hpp"
#include "tmc/frontend/composite/composite.hpp"
#include "tmc/function/functions.gen.hpp"
#include "tmc/ops/op_info.hpp"

namespace tmc {
namespace {

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::string attributes_of(const ops::OpInfo& op) {
  std::string text;
  for (const ops::NamedValue& field : op.get_fields(op.make_default().get())) {
    text += (text.empty() ? "`" : ", `") + field.name + "`";
  }
  return text;
}

std::string names(const char* onnx, const char* tflite) {
  const auto text = [](const char* name) { return name == nullptr ? "" : name; };
  return fmt::format("{} | {}", text(onnx), upper(text(tflite)));
}

std::string page() {
  std::map<std::string, std::string> formats;
  const auto add = [&]<typename F>(F) { formats[F::kName] = names(F::kOnnx, F::kTflite); };
  function::Unary::for_each(add);
  function::Binary::for_each(add);
  function::Reduction::for_each(add);
  for (const ops::OpInfo* op : ops::all_ops()) {
    if (op->index_map != nullptr) formats[op->name] = names(op->index_map->onnx, op->index_map->tflite);
  }
  std::string text =
      "# Operators\n\n"
      "What a graph is made of, generated from the code (`tests/operators_doc_test.cpp`). An operator of a file "
      "becomes\n"
      "one of these or several. Functions of elements (`src/tmc/function`) and operators that only\n"
      "move elements (`src/tmc/ops/op`) say which operators of ONNX and TFLite they are; for the others see\n"
      "`src/tmc/frontend`.\n\n"
      "| operator | attributes | what it is | ONNX | TFLite |\n| --- | --- | --- | --- | --- |\n";
  for (const ops::OpInfo* op : ops::all_ops()) {
    std::string doc = op->doc;
    for (size_t at = doc.find('|'); at != std::string::npos; at = doc.find('|', at + 2)) doc.insert(at, "\\");
    text += fmt::format("| `{}` | {} | {} | {} |\n", op->name, attributes_of(*op), doc,
                        formats.contains(op->name) ? formats[op->name] : " | ");
  }
  text +=
      "\n## Operators that are made of these\n\n"
      "`src/tmc/frontend/composite` says how.\n\n"
      "| what it is | ONNX | TFLite |\n| --- | --- | --- |\n";
  for (const frontend::Composite& composite : frontend::composites()) {
    std::map<bool, std::vector<std::string>> called;  // by whether it is TFLite that calls it so
    for (const auto& name : composite.names) {
      const bool has_prefix = name.format != "onnx" && name.format != "tflite";
      std::vector<std::string>& all = called[name.format == "tflite"];
      std::string op = has_prefix ? name.format + "." + name.op : name.op;
      if (std::ranges::find(all, op) == all.end()) all.push_back(std::move(op));
    }
    const auto joined = [&](bool tflite) { return fmt::format("{}", fmt::join(called[tflite], ", ")); };
    text += fmt::format("| {} | {} |\n", composite.doc, names(joined(false).c_str(), joined(true).c_str()));
  }
  return text;
}

TEST(OperatorsPage, ListsTheOperatorsThatThereAre) {
  const char* const path = "docs/operators.md";
  if (std::getenv("TMC_WRITE_DOCS")) {
    ASSERT_TRUE(write_file(path, page()).ok());
  }
  const auto written = read_file(path);
  ASSERT_TRUE(written.ok()) << written.status().text();
  EXPECT_EQ(*written, page()) << "write it anew: TMC_WRITE_DOCS=1 and this test";
}

}  // namespace
}  // namespace tmc
