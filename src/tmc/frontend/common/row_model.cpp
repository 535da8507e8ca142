// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/row_model.hpp"

#include "tmc/frontend/common/open_shape.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend {

using ir::ValueId;

Result<RowModel> RowModel::make(std::string name, int64_t features, std::vector<std::string> columns,
                                const ImportOptions& options) {
  if (features < 1 || features > kMostFeatures) {
    return error(Error::kUnsupportedShape, "it has {} features; 1 to {} are supported", features, kMostFeatures)
        .at_node(kInput)
        .with_hint("train it on the features that it needs");
  }
  if (!columns.empty() && std::ssize(columns) != features) {
    return error(Error::kMalformed, "it has {} names for {} features", columns.size(), features);
  }
  RowModel model;
  model.graph_.name = std::move(name);
  ShapeBinder binder(options);
  OpenShape open{Shape::of(-1, features), {kRows, ""}};
  if (!options.shapes.contains(kInput) && !options.shapes.contains(kRows)) open = {Shape::of(1, features), {}};
  binder.declare(kInput, std::move(open));
  TMC_TRY(binder.check_names());
  TMC_ASSIGN(const Shape shape, binder.bind(kInput));
  TMC_TRY(ir::verify_type({DType::kF32, shape}));
  model.rows_ = model.graph_.add_input(kInput, {DType::kF32, shape});
  model.graph_.value(model.rows_).symbols = {kRows, ""};
  model.graph_.value(model.rows_).columns = std::move(columns);
  return model;
}

Result<ValueId> RowModel::append_trees(const FileTrees& trees) {
  return frontend::append_trees(graph_, budget_, "ensemble", rows_, trees);
}

Result<ValueId> RowModel::append_constant(const std::string& name, const Shape& shape,
                                          const std::vector<float>& values) {
  TMC_TRY(budget_.take(values.size() * sizeof(float)));
  return graph_.add_constant(name, {DType::kF32, shape}, ir::TensorData::of(std::span<const float>(values)));
}

ValueId RowModel::integer(const std::string& name, int64_t value) {
  return graph_.add_constant(name, {DType::kI64, Shape()}, integer_data(DType::kI64, std::span(&value, 1)));
}

Result<ValueId> RowModel::above_zero(ValueId sums) {
  TMC_ASSIGN(const ValueId zero, append_constant("zero", Shape(), {0}));
  TMC_ASSIGN(const ValueId is_above, append("is_above", ops::Greater{}, {sums, zero}));
  return append("above", ops::Where{}, {is_above, integer("one", 1), integer("none", 0)});
}

Result<ValueId> RowModel::linked(ValueId sums, Link link, float factor) {
  switch (link) {
    case Link::kLogistic:
      if (factor != 1) {
        TMC_ASSIGN(const ValueId number, append_constant("factor", Shape(), {factor}));
        TMC_ASSIGN(sums, append("scaled", ops::Mul{}, {sums, number}));
      }
      return append("logistic", ops::Sigmoid{}, {sums});
    case Link::kSoftmax:
      return append("softmax", ops::Softmax{.axis = 1}, {sums});
    case Link::kExponential:
      return append("exponential", ops::Exp{}, {sums});
    case Link::kSignedSquare: {
      TMC_ASSIGN(const ValueId size, append("size", ops::Abs{}, {sums}));
      return append("signed_square", ops::Mul{}, {sums, size});
    }
    case Link::kSoftplus:
      return append("softplus", ops::Softplus{}, {sums});
    case Link::kGreatest:
      return append("greatest", ops::ArgMax{{1}, false}, {sums});
    case Link::kAboveZero:
      return above_zero(sums);
    case Link::kIdentity:
      break;
  }
  return sums;
}

Result<ir::Graph> RowModel::finish(ValueId sums, Link link, float factor) {
  TMC_ASSIGN(ValueId output, linked(sums, link, factor));
  const Shape shape = graph_.value(output).type.shape;
  if (shape.rank() == 2 && shape[1] == 1) {
    TMC_ASSIGN(output, append(kOutput, ops::Reshape{{shape[0]}}, {output}));
  } else {
    graph_.rename(output, kOutput);
  }
  graph_.add_output(output);
  TMC_TRY(ir::verify(graph_));
  return std::move(graph_);
}

}  // namespace tmc::frontend
