// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Functions of integers and truth values that are known while the file is imported are computed there: how often a loop
// runs, and what it reads at which trip, follow from them.

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/function/function.hpp"

namespace tmc::frontend::tflite {

template <typename Function, typename Element>
std::vector<int64_t> known_results(const std::vector<std::vector<int64_t>>& operands, size_t count) {
  const auto at = [&](size_t operand, size_t index) {
    return static_cast<Element>(operands[operand][operands[operand].size() == 1 ? 0 : index]);
  };
  std::vector<int64_t> results;
  for (size_t i = 0; i < count; ++i) {
    if constexpr (Function::kOperands == 1) {
      results.push_back(static_cast<int64_t>(Function::apply(at(0, i))));
    } else {
      results.push_back(static_cast<int64_t>(Function::apply(at(0, i), at(1, i))));
    }
  }
  return results;
}

// Ends the operator where its operands are known, of one shape or single elements; else false.
template <typename Function>
Result<bool> finish_if_known(ImportContext& context) {
  using First = typename Function::Types::First;
  constexpr bool kIsOfTruths = std::is_same_v<First, bool>;
  constexpr bool kIsOfIntegers = !std::is_same_v<typename Function::Types, function::Reals> &&
                                 !std::is_same_v<typename Function::Types, function::Unsigned> &&
                                 function::attribute_count<Function>() == 0;
  if constexpr (!kIsOfIntegers) {
    return false;
  } else {
    std::vector<std::vector<int64_t>> operands;
    ops::TensorType type;
    for (size_t i = 0; i < static_cast<size_t>(Function::kOperands); ++i) {
      TMC_ASSIGN(const ir::ValueId input, context.input(i));
      auto elements = context.known(input);
      const ops::TensorType& one = context.type(input);
      const bool fits = i == 0 || (one.dtype == type.dtype &&
                                   (one.shape == type.shape || one.shape.rank() == 0 || type.shape.rank() == 0));
      if (!elements || !fits || (one.dtype == DType::kBool) != kIsOfTruths) return false;
      if (i == 0 || one.shape.rank() > 0) type = one;
      operands.push_back(*std::move(elements));
    }
    const auto count = static_cast<size_t>(type.shape.elements());
    std::vector<int64_t> results;
    if constexpr (kIsOfTruths) {
      results = known_results<Function, bool>(operands, count);
    } else if (type.dtype == DType::kI32) {
      results = known_results<Function, int32_t>(operands, count);
    } else {
      results = known_results<Function, int64_t>(operands, count);
    }
    using Given = function::Result<Function, std::conditional_t<kIsOfTruths, bool, int32_t>>;
    TMC_TRY(context.finish_known(std::is_same_v<Given, bool> ? DType::kBool : type.dtype, type.shape, results));
    return true;
  }
}

}  // namespace tmc::frontend::tflite
