// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every tensor has in the JSON forms, the graph's and the program's:
//
//   {"name": "x", "dtype": "i8", "shape": [1, 2], "quantization": {"axis": -1, "scales": [0.1], "zero_points": [-3]}}
//
// `quantization` is there where the tensor has one.

#include <string>

#include "tmc/base/dtype.hpp"
#include "tmc/base/host/json_reader.hpp"
#include "tmc/base/host/quantization.hpp"
#include "tmc/base/shape.hpp"

namespace tmc::json {

Value tensor_json(const std::string& name, DType dtype, const Shape& shape, const Quantization& quantization);

// Errors: kMalformed, and names the member. Whether shape and quantisation make sense is the caller's to verify.
Status read_dtype(const Value& object, DType& to);
Status read_tensor_type(const Value& object, DType& dtype, Shape& shape);
Status read_quantization(const Value& object, Quantization& to);

}  // namespace tmc::json
