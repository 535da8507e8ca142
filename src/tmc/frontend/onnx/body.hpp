// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Graphs within nodes: branches of If, bodies of Loop and Scan, functions of the model. They are imported where the
// node stands (ImportContext::import_body), as often as it runs them.

#include <onnx/onnx_pb.h>

#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::onnx_format {

class ImportContext;

// What the bodies of the node read of the graphs around them.
std::vector<std::string> captured_names(const ::onnx::NodeProto& node);

// The body with other names for what it defines itself: those in `inputs` for its inputs, and `prefix` before the rest.
::onnx::GraphProto renamed_body(const ::onnx::GraphProto& body, const std::string& prefix,
                                const std::vector<std::string>& inputs);

// The body of a function as the node calls it: with the node's attributes in place of those that refer to them.
::onnx::GraphProto function_body(const ::onnx::FunctionProto& function, const ::onnx::NodeProto& call);

// The model's own function that the node calls; null where it is none.
const ::onnx::FunctionProto* find_function(const ::onnx::ModelProto& model, const ::onnx::NodeProto& node);

// The body of that attribute of the node at hand; kMalformed where there is none.
Result<const ::onnx::GraphProto*> body_of(ImportContext& context, const char* attribute);

// A node of an operator that is a function of the model.
Status import_model_function(ImportContext& context);

}  // namespace tmc::frontend::onnx_format
