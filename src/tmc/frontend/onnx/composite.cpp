// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/composite.hpp"

#include <fmt/ranges.h>

#include "tmc/frontend/composite/composite.hpp"
#include "tmc/frontend/onnx/importers.hpp"

namespace tmc::frontend::onnx_format {
namespace {

class Node : public CompositeNode {
 public:
  explicit Node(ImportContext& context) : context_(context) {}

  Result<std::string> attribute(const Composite::Parameter& parameter) override {
    const Attributes attributes = context_.attributes();
    if (!attributes.has(parameter.name)) return parameter.value;
    if (parameter.is_list()) {
      TMC_ASSIGN(const std::vector<int64_t> list, attributes.integers(parameter.name));
      return fmt::format("[{}]", fmt::join(list, ","));
    }
    if (parameter.is_real()) {
      TMC_ASSIGN(const double real, attributes.real(parameter.name, 0));
      return fmt::format("{}", real);
    }
    TMC_ASSIGN(const int64_t integer, attributes.integer(parameter.name, 0));
    return fmt::to_string(integer);
  }
  bool has_input(size_t index) override { return context_.has_input(index); }
  Result<ir::ValueId> input(size_t index) override { return context_.input(index); }
  bool has_output(size_t index) override { return index == 0 || context_.has_output(index); }
  ir::Graph& graph() override { return context_.graph(); }
  std::string output_name() override { return context_.output_name(); }
  Status finish(size_t index, ops::AnyOp op, std::vector<ir::ValueId> inputs) override {
    return index == 0 ? context_.finish(std::move(op), std::move(inputs))
                      : context_.finish_output(index, std::move(op), std::move(inputs));
  }

 private:
  ImportContext& context_;
};

}  // namespace

Status import_composite(ImportContext& context) {
  const NamedComposite found = context.node().domain() == kMicrosoftDomain
                                   ? find_composite(kMicrosoftDomain, context.op_type(), kMicrosoftVersion)
                                   : find_composite("onnx", context.op_type(), context.opset());
  if (found.composite == nullptr) {
    return error(Error::kUnsupportedOp, "opset {} has no such operator", context.opset())
        .with_hint("export the model with a newer opset");
  }
  Node node(context);
  return expand(found, node);
}

}  // namespace tmc::frontend::onnx_format
