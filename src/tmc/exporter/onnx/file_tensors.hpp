// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the values of the graph are in the file. A value lies there with its axes in some order: the file's axis i is
// the value's axis order[i]. An image that our kernels hold as [n, h, w, c] lies there as [n, c, h, w], and a transpose
// of the graph is only another way to look at what lies there already. Whoever needs other axes, or reals of what lies
// there as integers, asks for them; the nodes that this takes are written once.

#include <map>
#include <string>
#include <vector>

#include "tmc/exporter/onnx/model_writer.hpp"
#include "tmc/ir/permute.hpp"

namespace tmc::exporter::onnx_format {

using ir::Permutation;

Permutation identity_order(int rank);

class FileTensors {
 public:
  // Takes the names of the graph's inputs and outputs, and writes the inputs.
  FileTensors(const ir::Graph& graph, ModelWriter& model);

  // The order in which the value lies in the file; a constant lies there in any.
  Permutation order_of(ir::ValueId id) const;
  // The tensor that the value is, in that order; null for one that nothing stored, such as a constant.
  const std::string* name_of(ir::ValueId id) const;
  // The name of the value's reals, its axes in that order. A constant of a lower rank than the order is broadcast.
  // Error: kUnsupportedType.
  Result<std::string> real(ir::ValueId id, const Permutation& order);
  // The same for a constant that is to be read in this quantisation.
  Result<std::string> real_constant(ir::ValueId id, const Permutation& order, const Quantization& quantization);

  // The value is what `real` holds, in that order; writes its QuantizeLinear where it is quantised.
  Status store(ir::ValueId id, const std::string& real, const Permutation& order);
  // The name under which a node is to write the reals of a value that is stored next.
  std::string name_for_real(ir::ValueId id, const Permutation& order);
  // The value is another one with its axes in another order: `id` == transpose(source, perm).
  void look_at(ir::ValueId id, ir::ValueId source, const Permutation& perm);
  // The value is the reals of another one.
  Status store_reals_of(ir::ValueId id, ir::ValueId source);

  // Writes the outputs: each in its own order, under its own name.
  Status finish_outputs();

 private:
  struct Parameters {
    std::string scale, zero_point;
  };
  // What lies in the file, and what was made of it.
  struct Stored {
    std::string name;
    ops::TensorType type;       // of what lies there
    Quantization quantization;  // the same
    Parameters parameters;
    std::string real;  // where it is integers: its reals, once they were asked for
    std::map<Permutation, std::string> transposed;
  };
  struct View {
    size_t stored;
    Permutation order;
  };

  const ir::Value& value(ir::ValueId id) const { return graph_->value(id); }
  void add_view(ir::ValueId id, const Permutation& order, Stored stored);
  bool is_output_in(ir::ValueId id, const Permutation& order) const;
  Result<Parameters> add_parameters(const std::string& name, DType dtype, const Quantization& quantization);
  Status write_dequantize(Stored& stored, const std::string& output);
  Result<std::string> real_of(Stored& stored, const std::string& wanted);
  Status finish_output(ir::ValueId id);

  const ir::Graph* graph_;
  ModelWriter* model_;
  std::vector<Stored> stored_;
  std::map<ir::ValueId, View> views_;
  std::map<std::pair<ir::ValueId, Permutation>, std::string> constants_;
};

}  // namespace tmc::exporter::onnx_format
