// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What the exporter writes is read back to the same integers: every operator of tests/operators/*.cases, as a model of
// one node in integers or floats, goes through an ONNX file and gives the bytes that LiteRT gave.

#include <gtest/gtest.h>

#include "testing/operator_cases.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/exporter/onnx/to_onnx.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc {
namespace {

using testing::Bytes;
using testing::OperatorCase;

class ExportTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    auto folder = ScratchFolder::make();
    ASSERT_TRUE(folder.ok()) << folder.status().text();
    folder_.emplace(std::move(*folder));
  }

  Result<Bytes> run_exported(const OperatorCase& from) const {
    TMC_ASSIGN(const ir::Graph graph, ir::from_text(from.graph));
    TMC_ASSIGN(const std::string model, exporter::to_onnx(graph));
    const auto file = folder_->path() / "model.onnx";
    TMC_TRY(write_file(file, model));
    TMC_ASSIGN(const Target target, load_target("host"));
    TMC_ASSIGN(const pipeline::Compilation compilation, pipeline::compile(file, target, {}));
    TMC_ASSIGN(exec::Executor executor, exec::Executor::create(compilation.program));
    TMC_ASSIGN(std::vector<Bytes> outputs, executor.run(from.inputs));
    return outputs.front();
  }

 private:
  std::optional<ScratchFolder> folder_;
};

TEST_P(ExportTest, ReadsBackToTheSameIntegers) {
  for (const OperatorCase& from : testing::operator_cases(GetParam())) {
    const auto output = run_exported(from);
    ASSERT_TRUE(output.ok()) << output.status().text() << "\n" << from.graph;
    testing::expect_same_values(GetParam(), *output, from.output, from.graph);
  }
}

// Not the same by design: hybrid layers are written with dequantised weights and a float input; ONNX rounds ties to
// even where TFLite rounds them away from zero; and the beta of a softmax becomes a product before it, in float, which
// the tables of int16 do not give to the last step as those of int8 do; an exponential is computed in float, where
// int16 takes points of a table and lines between them.
std::vector<std::string> exported_files() {
  std::vector<std::string> names = testing::operator_case_files();
  std::erase_if(names, [](const std::string& name) {
    return name.starts_with("float_hybrid_") || name == "quantize" || name == "int16_softmax" || name == "int16_exp";
  });
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, ExportTest, ::testing::ValuesIn(exported_files()),
                         [](const auto& of) { return of.param; });

}  // namespace
}  // namespace tmc
