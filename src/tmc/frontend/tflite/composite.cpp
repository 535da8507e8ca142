// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/composite.hpp"

#include "tmc/frontend/composite/composite.hpp"

namespace tmc::frontend::tflite {
namespace {

class Node : public CompositeNode {
 public:
  explicit Node(ImportContext& context) : context_(context) {}

  // The format has options of other names, of which composites read none.
  Result<std::string> attribute(const Composite::Parameter& parameter) override { return parameter.value; }
  bool has_input(size_t index) override { return context_.has_input(index); }
  Result<ir::ValueId> input(size_t index) override { return context_.input(index); }
  bool has_output(size_t index) override { return index < context_.output_count(); }
  ir::Graph& graph() override { return context_.graph(); }
  std::string output_name() override { return context_.output_name(); }
  Status finish(size_t index, ops::AnyOp op, std::vector<ir::ValueId> inputs) override {
    return context_.finish_output(index, std::move(op), std::move(inputs));
  }

 private:
  ImportContext& context_;
};

}  // namespace

Status import_composite(ImportContext& context) {
  Node node(context);
  return expand(find_composite("tflite", context.operator_name(), 0), node);
}

}  // namespace tmc::frontend::tflite
