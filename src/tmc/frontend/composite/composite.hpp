// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Composites: operators of the formats as graphs of our operators, which every frontend expands. Each is a text in
// graph/, which the build finds:
//
//   # What it is, and its source.
//   onnx LayerNormalization 1 axis=-1 epsilon=1e-5 axes=[axis..]
//   tflite ...
//   (x, scale, bias?) -> y, mean, inverse
//   mean = mean(x) axes=$axes keep_dims=true
//   ...
//
// First come the operators of the formats, in ONNX with the opset since when that line holds, and their parameters: an
// attribute with its default (an integer, a real with a point or an exponent, or a list of integers), or a list that
// names attributes and is worked out here, where `[axis..]` is every axis from that one on. Then the operands, those
// that may be absent with a question mark, and the results. Then a node a line, as in the text form of a graph
// (ir/text.hpp): an operand is an operand of the composite, the result of an earlier line, a number, or a parameter. In
// names of operators and in attributes, parameters are replaced by their values, $extents(x) by the extents of x,
// $batch(x) by the first of them, and $channels(x) by the shape that lays one number a channel along axis 1 of x.
//
// A line of which an operand is absent is left out: its result is its first operand. So is one that nothing reads.

#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

struct Composite {
  struct Parameter {
    std::string name, value;
    bool is_derived() const;  // a list that names attributes
    bool is_real() const;
    bool is_list() const { return value.starts_with("["); }
  };
  // What a format calls it.
  struct Name {
    std::string format, op;
    int64_t since_opset = 0;
    std::vector<Parameter> parameters;
  };
  struct Operand {
    std::string name;
    bool may_be_absent = false;
  };
  struct Line {
    std::string result, op;
    std::vector<std::string> operands;
    std::string attributes;
  };
  std::string doc;  // the comments
  std::vector<Name> names;
  std::vector<Operand> operands;
  std::vector<std::string> results;
  std::vector<Line> lines;

  // Error: kMalformed with the line that is no such text, or that reads what is not there.
  static Result<Composite> from_text(std::string_view text);
};

// Those of graph/.
const std::vector<Composite>& composites();

// One under the name by which a file calls it; `composite` is null where there is none.
struct NamedComposite {
  const Composite* composite = nullptr;
  const Composite::Name* name = nullptr;
};
// The newest that an opset has. Formats without opsets give 0.
NamedComposite find_composite(std::string_view format, std::string_view op, int64_t opset);

// What a frontend gives for the node at hand. Errors are those of its importers.
class CompositeNode {
 public:
  virtual ~CompositeNode() = default;
  // The parameter of the file, or its default, as text.
  virtual Result<std::string> attribute(const Composite::Parameter& parameter) = 0;
  virtual bool has_input(size_t index) = 0;
  virtual Result<ir::ValueId> input(size_t index) = 0;
  virtual bool has_output(size_t index) = 0;
  virtual ir::Graph& graph() = 0;
  // The name of the first output, after which values are named.
  virtual std::string output_name() = 0;
  // Adds the node that gives an output.
  virtual Status finish(size_t index, ops::AnyOp op, std::vector<ir::ValueId> inputs) = 0;
};

// Adds the nodes. kUnsupportedType where a composite of several nodes meets another type than a float one.
Status expand(const NamedComposite& found, CompositeNode& node);

}  // namespace tmc::frontend
