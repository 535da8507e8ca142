// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Of int8 it is the graph's operator of that name. In float, also where the weights are stored as int8, it is what it
// stands for: a product with the features, of which the last ones are remembered, and a weighted sum over those.

#include "tmc/ops/op/svdf.hpp"

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

constexpr size_t kLayerInput = 0, kFeatureWeights = 1, kTimeWeights = 2, kUnitBias = 3, kMemory = 4;

Status import_integer(ImportContext& context, const schema::SVDFOptions& options, ValueId x) {
  TMC_ASSIGN(const FileTensor output, context.output());
  const auto activation = options.fused_activation_function();
  const bool is_relu = activation == schema::ActivationFunctionType::RELU;
  const bool begins_at_zero = !output.quantization.empty() && output.quantization.zero_point() == -128;
  // LiteRT leaves it to the saturation.
  if (activation != schema::ActivationFunctionType::NONE && !(is_relu && begins_at_zero)) {
    return error(Error::kUnsupportedOp, "its activation is {}, and its output does not begin at zero",
                 schema::EnumNameActivationFunctionType(activation));
  }
  TMC_ASSIGN(const ValueId features, context.input(kFeatureWeights));
  TMC_ASSIGN(const ValueId times, context.input(kTimeWeights));
  TMC_ASSIGN(const ValueId state, context.read_variable(kMemory));
  std::vector<ValueId> inputs = {x, features, times, state};
  if (context.has_input(kUnitBias)) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(kUnitBias));
  }
  const std::vector<Quantization> quantizations = {output.quantization, context.quantization(state)};
  TMC_ASSIGN(const std::vector<ValueId> outputs,
             context.graph().append_all(context.output_name() + "_units", ops::Svdf{.rank = options.rank()}, inputs,
                                        quantizations));
  TMC_TRY(context.write_variable(kMemory, outputs[1]));
  const Shape shape = context.type(outputs[0]).shape;
  return context.finish(ops::Reshape{{shape[0], shape[1]}}, {outputs[0]});
}

struct Sizes {
  int64_t batch, filters, memory;
};

Result<Sizes> sizes_of(ImportContext& context, int64_t rank, ValueId x, ValueId features, ValueId times) {
  const Shape &input = context.type(x).shape, &of_features = context.type(features).shape,
              &of_times = context.type(times).shape;
  const bool fits = input.rank() == 2 && of_features.rank() == 2 && of_times.rank() == 2 &&
                    of_times[0] == of_features[0] && rank > 0 && of_features[0] % rank == 0;
  if (!fits) return error(Error::kMalformed, "its input, its weights and a rank of {} do not fit each other", rank);
  return Sizes{input[0], of_features[0], of_times[1]};
}

// The last `memory` products of every filter: those before, without the oldest, and `newest`.
Result<ValueId> remember(ImportContext& context, const Sizes& sizes, ValueId newest) {
  const auto [batch, filters, memory] = sizes;
  TMC_ASSIGN(const ValueId state, context.read_variable(kMemory));
  TMC_ASSIGN(const ValueId before, context.append("_before", ops::Reshape{{batch, filters, memory}}, {state}));
  TMC_ASSIGN(const ValueId last, context.append("_last", ops::Reshape{{batch, filters, 1}}, {newest}));
  ValueId after = last;
  if (memory > 1) {
    ops::Slice slice = ops::Slice::whole(Shape::of(batch, filters, memory));
    slice.read(2, 1, memory - 1);
    TMC_ASSIGN(const ValueId kept, context.append("_kept", slice, {before}));
    TMC_ASSIGN(after, context.append("_after", ops::Concat{.axis = 2}, {kept, last}));
  }
  TMC_ASSIGN(const ValueId row, context.append("_state", ops::Reshape{{batch, filters * memory}}, {after}));
  TMC_TRY(context.write_variable(kMemory, row));
  return after;
}

Status import_float(ImportContext& context, const schema::SVDFOptions& options, ValueId x) {
  TMC_ASSIGN(const ValueId features, context.input(kFeatureWeights));
  TMC_ASSIGN(ValueId times, context.input(kTimeWeights));
  if (!dtype_is_float(context.type(times).dtype)) {
    TMC_ASSIGN(times, context.append("_times", ops::Dequantize{}, {times}));
  }
  TMC_ASSIGN(const Sizes sizes, sizes_of(context, options.rank(), x, features, times));
  const ops::FullyConnected product{.asymmetric_quantize_inputs = options.asymmetric_quantize_inputs()};
  TMC_ASSIGN(const ValueId newest, context.append("_newest", product, {x, features}));
  TMC_ASSIGN(const ValueId memory, remember(context, sizes, newest));
  TMC_ASSIGN(const ValueId weighted, context.append("_weighted", ops::Mul{}, {memory, times}));
  const std::vector<int64_t> by_unit = {sizes.batch, sizes.filters / options.rank(), options.rank() * sizes.memory};
  TMC_ASSIGN(const ValueId of_unit, context.append("_of_unit", ops::Reshape{by_unit}, {weighted}));
  TMC_TRY(context.fuse_behind(options.fused_activation_function()));
  if (!context.has_input(kUnitBias)) return context.finish(ops::ReduceSum{{2}, false}, {of_unit});
  TMC_ASSIGN(const ValueId sum, context.append("_sum", ops::ReduceSum{{2}, false}, {of_unit}));
  TMC_ASSIGN(const ValueId bias, context.input(kUnitBias));
  return context.finish(ops::Add{}, {sum, bias});
}

}  // namespace

Status import_svdf(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::SVDFOptions>());
  TMC_ASSIGN(const ValueId x, context.input(kLayerInput));
  const bool is_integer = context.type(x).dtype == DType::kI8;
  return is_integer ? import_integer(context, *options, x) : import_float(context, *options, x);
}

}  // namespace tmc::frontend::tflite
