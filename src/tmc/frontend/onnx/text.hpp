// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Strings at run time: u8 [..., width], UTF-8 with zeros behind the last byte. What computes with them is made of plain
// operators on their bytes, and on words of four of these. Values are named after the node's output with a suffix.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Of an input of the model, in bytes, where `--bound` does not say another one.
constexpr int64_t kUsualTextBytes = 32;

// The shape of the strings, without their bytes.
Shape strings_shape(ImportContext& context, ir::ValueId text);
// A constant of strings of that shape, as wide as the longest is.
Result<ir::ValueId> append_strings(ImportContext& context, const std::string& suffix, const Shape& shape,
                                   const std::vector<std::string>& strings);
// The same strings with room for that many bytes, of which there are not fewer.
Result<ir::ValueId> widened_strings(ImportContext& context, const std::string& suffix, ir::ValueId text, int64_t width);
// Truth values [...]: where the strings of two tensors that broadcast are the same.
Result<ir::ValueId> equal_strings(ImportContext& context, const std::string& suffix, ir::ValueId a, ir::ValueId b);
// Truth values [..., keys]: which of the keys each string is.
Result<ir::ValueId> string_matches(ImportContext& context, const std::string& suffix, ir::ValueId text,
                                   const std::vector<std::string>& keys);
// Bytes that are not 0, i32 [..., 1].
Result<ir::ValueId> string_lengths(ImportContext& context, const std::string& suffix, ir::ValueId text);

// Letters in the other case, of ASCII alone or of what has two bytes in UTF-8 as well (text_case.cpp): known strings,
// and those at run time.
std::string in_case(const std::string& text, bool upper, bool ascii);
Result<ir::ValueId> strings_in_case(ImportContext& context, const std::string& suffix, ir::ValueId text, bool upper,
                                    bool ascii);

// Whether an operator only moves elements, or asks for a shape, whatever the elements are.
bool moves_elements(const std::string& op_type);
// The node at hand, which is such: where it moves the numbers of the strings, their bytes are looked up.
Status import_moved_strings(ImportContext& context, const std::function<Status(ImportContext&)>& importer);

}  // namespace tmc::frontend::onnx_format
