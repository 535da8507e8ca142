// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Element types, shapes and constants as TensorFlow's messages write them.

#include "tmc/frontend/common/open_shape.hpp"
#include "tmc/frontend/savedmodel/checkpoint.hpp"

namespace tmc::savedmodel {
class TensorProto;
class TensorShapeProto;
}  // namespace tmc::savedmodel

namespace tmc::frontend::savedmodel {

namespace proto = tmc::savedmodel;

// kUnsupportedType for one that graphs have no name for: strings, complex numbers, quantised integers.
Result<DType> dtype_of(int32_t number);
// kUnsupportedShape for more axes than shapes have; a negative extent is open.
Result<OpenShape> open_shape_of(const proto::TensorShapeProto& shape);
// The same without open extents, which are kMalformed.
Result<Shape> shape_of(const proto::TensorShapeProto& shape);
// Elements are the bytes of tensor_content, or those of the typed field, of which the last one stands for all that are
// not there. Sizes are taken from the budget before memory is.
Result<FileTensor> constant_of(const proto::TensorProto& tensor, ConstantBudget& budget);

}  // namespace tmc::frontend::savedmodel
