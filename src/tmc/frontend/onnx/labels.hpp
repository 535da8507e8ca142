// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tables from keys to values, as LabelEncoder and CategoryMapper have them: of integers, reals and strings, in any
// combination.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Elements of one of the types; the others are empty.
struct LabelList {
  std::vector<int64_t> integers;
  std::vector<float> reals;
  std::vector<std::string> strings;
  DType dtype = DType::kI64;  // of integers, in the file

  bool is_real() const { return !reals.empty(); }
  bool is_text() const { return !strings.empty(); }
  size_t size() const { return is_text() ? strings.size() : is_real() ? reals.size() : integers.size(); }
};

struct LabelTable {
  LabelList keys, values;
  LabelList otherwise;  // one element: the value of what is no key
};

// Ends the node with each element of its input that is a key as the value of that key. kMalformed where lists differ in
// their sizes, or the input is of another type than the keys.
Status finish_labelled(ImportContext& context, const LabelTable& table);
// The table of names and their numbers, in the direction that the input says.
LabelTable table_of_names(ImportContext& context, const std::vector<std::string>& names,
                          const std::vector<int64_t>& numbers, int64_t unknown_number, const std::string& unknown_name);

}  // namespace tmc::frontend::onnx_format
