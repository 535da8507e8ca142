// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A small frozen graph for each operator, for tests and as seeds of the fuzzer. The node of the operator is called "y".

#include <functional>

#include "tmc/frontend/savedmodel/testing/saved_model_files.hpp"

namespace tmc::frontend::savedmodel {

class CaseGraph {
 public:
  // --- operands
  CaseGraph& reals(const char* name, std::initializer_list<int64_t> extents) { return input(name, 1, extents); }
  CaseGraph& integers(const char* name, std::initializer_list<int64_t> extents) { return input(name, 3, extents); }
  CaseGraph& truths(const char* name, std::initializer_list<int64_t> extents) { return input(name, 10, extents); }
  // A constant vector, or a scalar.
  CaseGraph& vector(const char* name, std::initializer_list<int32_t> values) {
    auto& tensor = constant(name, 3);
    set_extents(*tensor.mutable_tensor_shape(), {static_cast<int64_t>(values.size())});
    for (const int32_t value : values) tensor.add_int_val(value);
    return *this;
  }
  CaseGraph& scalar(const char* name, int32_t value) {
    constant(name, 3).add_int_val(value);
    return *this;
  }
  CaseGraph& real(const char* name, std::initializer_list<int64_t> extents, float value = 0.5F) {
    auto& tensor = constant(name, 1);
    set_extents(*tensor.mutable_tensor_shape(), extents);
    tensor.add_float_val(value);
    return *this;
  }

  // --- nodes; attributes are the last one's
  CaseGraph& node(const char* name, const char* op, std::initializer_list<const char*> inputs) {
    node_ = &add_node(graph.mutable_node(), name, op, inputs);
    return *this;
  }
  CaseGraph& list(const char* name, std::initializer_list<int64_t> values) {
    auto& integers = *attribute(name).mutable_list();
    for (const int64_t value : values) integers.add_i(value);
    return *this;
  }
  CaseGraph& text(const char* name, const char* value) {
    attribute(name).set_s(value);
    return *this;
  }
  CaseGraph& truth(const char* name, bool value) {
    attribute(name).set_b(value);
    return *this;
  }
  CaseGraph& integer(const char* name, int64_t value) {
    attribute(name).set_i(value);
    return *this;
  }
  CaseGraph& type(const char* name, int32_t value) {
    attribute(name).set_type(value);
    return *this;
  }
  CaseGraph& function(const char* name, const char* value) {
    attribute(name).mutable_func()->set_name(value);
    return *this;
  }
  // A function of one argument, `a`, that gives what an operator makes of it and of the constant 3.
  CaseGraph& define(const char* name, const char* op) {
    proto::FunctionDef& made = *graph.mutable_library()->add_function();
    made.mutable_signature()->set_name(name);
    made.mutable_signature()->add_input_arg()->set_name("a");
    made.mutable_signature()->add_output_arg()->set_name("b");
    auto& tensor = *(*add_node(made.mutable_node_def(), "three", "Const", {}).mutable_attr())["value"].mutable_tensor();
    tensor.set_dtype(3);
    tensor.add_int_val(3);
    add_node(made.mutable_node_def(), "result", op, {"a", "three:output:0"});
    (*made.mutable_ret())["b"] = "result:z:0";
    return *this;
  }

  proto::GraphDef graph;

 private:
  CaseGraph& input(const char* name, int32_t dtype, std::initializer_list<int64_t> extents) {
    node(name, "Placeholder", {}).type("dtype", dtype);
    set_extents(*attribute("shape").mutable_shape(), extents);
    return *this;
  }
  proto::TensorProto& constant(const char* name, int32_t dtype) {
    node(name, "Const", {});
    auto& tensor = *attribute("value").mutable_tensor();
    tensor.set_dtype(dtype);
    return tensor;
  }
  proto::AttrValue& attribute(const char* name) { return (*node_->mutable_attr())[name]; }

  proto::NodeDef* node_ = nullptr;
};

struct OpCase {
  std::string op;
  std::function<void(CaseGraph&)> build;
};

inline void add_simple_cases(std::vector<OpCase>& cases) {
  for (const char* op :
       {"Abs",     "Acos",          "Acosh",   "Asin",       "Asinh",     "Atan",        "Atanh",
        "Ceil",    "CheckNumerics", "Cos",     "Cosh",       "Elu",       "EnsureShape", "Erf",
        "Erfc",    "Exp",           "Floor",   "Identity",   "IdentityN", "Inv",         "IsInf",
        "IsNan",   "LeakyRelu",     "Log",     "LogSoftmax", "Neg",       "OnesLike",    "PreventGradient",
        "Rank",    "Reciprocal",    "Relu",    "Relu6",      "Rint",      "Round",       "Rsqrt",
        "Selu",    "Shape",         "ShapeN",  "Sigmoid",    "Sign",      "Sin",         "Sinh",
        "Size",    "Snapshot",      "Softmax", "Softplus",   "Softsign",  "Sqrt",        "Square",
        "Squeeze", "StopGradient",  "Tan",     "Tanh",       "ZerosLike"}) {
    cases.push_back({op, [op](CaseGraph& g) { g.reals("x", {2, 3}).node("y", op, {"x"}); }});
  }
  for (const char* op :
       {"Add", "AddN", "AddV2", "Div", "Equal", "FloorDiv", "FloorMod", "Greater", "GreaterEqual", "Less", "LessEqual",
        "Maximum", "Minimum", "Mul", "NotEqual", "Pow", "RealDiv", "SquaredDifference", "Sub"}) {
    cases.push_back({op, [op](CaseGraph& g) { g.reals("x", {2, 3}).real("c", {3}).node("y", op, {"x", "c"}); }});
  }
  for (const char* op : {"BitwiseAnd", "BitwiseOr", "BitwiseXor", "FloorDiv", "FloorMod", "TruncateDiv"}) {
    cases.push_back({op, [op](CaseGraph& g) { g.integers("x", {2, 3}).scalar("c", 3).node("y", op, {"x", "c"}); }});
  }
  for (const char* op : {"LogicalAnd", "LogicalOr"}) {
    cases.push_back({op, [op](CaseGraph& g) { g.truths("x", {2}).node("y", op, {"x", "x"}); }});
  }
  cases.push_back({"LogicalNot", [](CaseGraph& g) { g.truths("x", {2}).node("y", "LogicalNot", {"x"}); }});
  for (const char* op : {"EuclideanNorm", "Max", "Mean", "Min", "Prod", "Sum"}) {
    cases.push_back({op, [op](CaseGraph& g) { g.reals("x", {2, 3}).vector("a", {-1}).node("y", op, {"x", "a"}); }});
  }
  for (const char* op : {"All", "Any"}) {
    cases.push_back({op, [op](CaseGraph& g) { g.truths("x", {2, 3}).vector("a", {0}).node("y", op, {"x", "a"}); }});
  }
  for (const char* op : {"ArgMax", "ArgMin", "Cumsum", "ExpandDims", "TopKV2"}) {
    cases.push_back({op, [op](CaseGraph& g) { g.reals("x", {2, 3}).scalar("a", 1).node("y", op, {"x", "a"}); }});
  }
}

inline void add_image_cases(std::vector<OpCase>& cases) {
  const auto image = [](CaseGraph& g) -> CaseGraph& { return g.reals("x", {1, 4, 6, 2}); };
  cases.push_back({"Conv2D", [image](CaseGraph& g) {
                     image(g).real("w", {3, 3, 2, 4}).node("y", "Conv2D", {"x", "w"}).list("strides", {1, 2, 1, 1});
                     g.text("padding", "SAME");
                   }});
  cases.push_back({"Conv3D", [](CaseGraph& g) {
                     g.reals("x", {1, 4, 4, 3, 2}).real("w", {2, 2, 2, 2, 3}).node("y", "Conv3D", {"x", "w"});
                     g.text("data_format", "NDHWC").text("padding", "VALID");
                   }});
  cases.push_back({"DepthwiseConv2dNative", [image](CaseGraph& g) {
                     image(g).real("w", {3, 3, 2, 2}).node("y", "DepthwiseConv2dNative", {"x", "w"});
                     g.list("explicit_paddings", {0, 0, 1, 0, 0, 2, 0, 0}).text("padding", "EXPLICIT");
                   }});
  cases.push_back({"Conv2DBackpropInput", [image](CaseGraph& g) {
                     image(g).vector("s", {1, 8, 12, 3}).real("w", {3, 3, 3, 2});
                     g.node("y", "Conv2DBackpropInput", {"s", "w", "x"}).list("strides", {1, 2, 2, 1});
                     g.text("padding", "SAME");
                   }});
  cases.push_back({"BiasAdd", [image](CaseGraph& g) { image(g).real("b", {2}).node("y", "BiasAdd", {"x", "b"}); }});
  for (const char* op : {"FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"}) {
    cases.push_back({op, [image, op](CaseGraph& g) {
                       image(g).real("c", {2}).node("y", op, {"x", "c", "c", "c", "c"}).truth("is_training", false);
                     }});
  }
  cases.push_back({"LRN", [image](CaseGraph& g) { image(g).node("y", "LRN", {"x"}).integer("depth_radius", 1); }});
  for (const char* op : {"AvgPool", "MaxPool"}) {
    cases.push_back({op, [image, op](CaseGraph& g) {
                       image(g).node("y", op, {"x"}).list("ksize", {1, 2, 2, 1}).list("strides", {1, 2, 2, 1});
                     }});
  }
  for (const char* op : {"AvgPool3D", "MaxPool3D"}) {
    cases.push_back({op, [op](CaseGraph& g) {
                       g.reals("x", {1, 4, 4, 4, 2}).node("y", op, {"x"}).text("data_format", "NDHWC");
                       g.list("ksize", {1, 2, 2, 2, 1}).list("strides", {1, 2, 2, 2, 1});
                     }});
  }
  cases.push_back(
      {"SpaceToDepth", [image](CaseGraph& g) { image(g).node("y", "SpaceToDepth", {"x"}).integer("block_size", 2); }});
  cases.push_back({"DepthToSpace", [](CaseGraph& g) {
                     g.reals("x", {1, 2, 2, 8}).node("y", "DepthToSpace", {"x"}).integer("block_size", 2);
                   }});
  for (const char* op : {"ResizeBilinear", "ResizeNearestNeighbor"}) {
    cases.push_back({op, [image, op](CaseGraph& g) { image(g).vector("s", {7, 3}).node("y", op, {"x", "s"}); }});
  }
}

inline void add_shape_cases(std::vector<OpCase>& cases) {
  const auto add = [&cases](const char* op, std::function<void(CaseGraph&)> build) {
    cases.push_back({op, std::move(build)});
  };
  add("BatchMatMul", [](CaseGraph& g) {
    g.reals("x", {2, 3, 4}).node("y", "BatchMatMul", {"x", "x"}).truth("adj_y", true);
  });
  add("BatchMatMulV2", [](CaseGraph& g) { g.reals("x", {2, 3, 3}).node("y", "BatchMatMulV2", {"x", "x"}); });
  add("BatchMatMulV3", [](CaseGraph& g) { g.reals("x", {2, 3, 3}).node("y", "BatchMatMulV3", {"x", "x"}); });
  add("BatchToSpaceND", [](CaseGraph& g) {
    g.reals("x", {4, 3, 2}).vector("b", {2}).vector("c", {1, 1}).vector("r", {1, 2}).node("p", "Reshape", {"c", "r"});
    g.node("y", "BatchToSpaceND", {"x", "b", "p"});
  });
  add("BroadcastTo", [](CaseGraph& g) { g.reals("x", {3}).vector("s", {2, 3}).node("y", "BroadcastTo", {"x", "s"}); });
  add("Cast", [](CaseGraph& g) { g.reals("x", {3}).node("y", "Cast", {"x"}).type("DstT", 3); });
  add("ClipByValue", [](CaseGraph& g) {
    g.reals("x", {3}).real("a", {}, 0).real("b", {}).node("y", "ClipByValue", {"x", "a", "b"});
  });
  add("Concat", [](CaseGraph& g) { g.reals("x", {3}).scalar("a", 0).node("y", "Concat", {"a", "x", "x"}); });
  add("ConcatV2", [](CaseGraph& g) { g.reals("x", {3}).scalar("a", 0).node("y", "ConcatV2", {"x", "x", "a"}); });
  add("Const", [](CaseGraph& g) { g.real("c", {3}).node("y", "Identity", {"c"}); });
  add("Einsum", [](CaseGraph& g) {
    g.reals("x", {2, 3}).real("w", {3, 4}).node("y", "Einsum", {"x", "w"}).text("equation", "ij,jk->ik");
  });
  add("Fill", [](CaseGraph& g) { g.reals("x", {}).vector("s", {2, 3}).node("y", "Fill", {"s", "x"}); });
  add("Gather", [](CaseGraph& g) { g.reals("x", {4, 3}).vector("i", {2, 0}).node("y", "Gather", {"x", "i"}); });
  add("GatherNd", [](CaseGraph& g) { g.reals("x", {4, 3}).integers("i", {2, 1}).node("y", "GatherNd", {"x", "i"}); });
  add("GatherV2", [](CaseGraph& g) {
    g.reals("x", {4, 3}).integers("i", {2}).scalar("a", 1).node("y", "GatherV2", {"x", "i", "a"});
  });
  add("MatMul", [](CaseGraph& g) {
    g.reals("x", {2, 3}).real("w", {4, 3}).node("y", "MatMul", {"x", "w"}).truth("transpose_b", true);
  });
  for (const char* op : {"MirrorPad", "Pad", "PadV2"}) {
    add(op, [op](CaseGraph& g) {
      g.reals("x", {3, 3}).vector("c", {1, 0, 2, 1}).vector("r", {2, 2}).node("p", "Reshape", {"c", "r"}).real("v", {});
      std::string(op) == "PadV2" ? g.node("y", op, {"x", "p", "v"}) : g.node("y", op, {"x", "p"});
    });
  }
  add("OneHot", [](CaseGraph& g) {
    g.integers("x", {3}).scalar("d", 4).real("v", {}).node("y", "OneHot", {"x", "d", "v", "v"});
  });
  add("Pack", [](CaseGraph& g) { g.reals("x", {3}).node("y", "Pack", {"x", "x"}).integer("axis", -1); });
  add("PlaceholderWithDefault", [](CaseGraph& g) { g.real("c", {3}).node("y", "PlaceholderWithDefault", {"c"}); });
  add("Range", [](CaseGraph& g) {
    g.scalar("a", 1).scalar("b", 9).scalar("c", 3).node("y", "Range", {"a", "b", "c"});
  });
  add("Reshape", [](CaseGraph& g) { g.reals("x", {4, 3}).vector("s", {2, -1}).node("y", "Reshape", {"x", "s"}); });
  add("ReverseV2", [](CaseGraph& g) { g.reals("x", {4, 3}).vector("a", {-1}).node("y", "ReverseV2", {"x", "a"}); });
  add("Select", [](CaseGraph& g) { g.reals("x", {4, 3}).truths("c", {4}).node("y", "Select", {"c", "x", "x"}); });
  add("SelectV2", [](CaseGraph& g) { g.reals("x", {4, 3}).truths("c", {3}).node("y", "SelectV2", {"c", "x", "x"}); });
  add("Slice", [](CaseGraph& g) {
    g.reals("x", {4, 3}).vector("b", {1, 0}).vector("s", {2, -1}).node("y", "Slice", {"x", "b", "s"});
  });
  add("SpaceToBatchND", [](CaseGraph& g) {
    g.reals("x", {1, 5, 2}).vector("b", {2}).vector("c", {1, 0}).vector("r", {1, 2}).node("p", "Reshape", {"c", "r"});
    g.node("y", "SpaceToBatchND", {"x", "b", "p"});
  });
  add("Split", [](CaseGraph& g) {
    g.reals("x", {4, 3}).scalar("a", 0).node("y", "Split", {"a", "x"}).integer("num_split", 2);
  });
  add("SplitV", [](CaseGraph& g) {
    g.reals("x", {4, 3}).vector("s", {1, -1}).scalar("a", 0).node("y", "SplitV", {"x", "s", "a"});
  });
  add("StridedSlice", [](CaseGraph& g) {
    g.reals("x", {4, 3}).vector("b", {-1, 0, 1}).vector("e", {0, 0, 2}).vector("s", {-2, 1, 1});
    g.node("y", "StridedSlice", {"x", "b", "e", "s"}).integer("new_axis_mask", 2).integer("shrink_axis_mask", 4);
  });
  add("Tile", [](CaseGraph& g) { g.reals("x", {4, 3}).vector("m", {1, 2}).node("y", "Tile", {"x", "m"}); });
  add("Transpose", [](CaseGraph& g) { g.reals("x", {4, 3}).vector("p", {1, 0}).node("y", "Transpose", {"x", "p"}); });
  add("Unpack", [](CaseGraph& g) { g.reals("x", {4, 3}).node("y", "Unpack", {"x"}).integer("axis", 1); });
}

inline void add_control_cases(std::vector<OpCase>& cases) {
  for (const char* op : {"PartitionedCall", "StatefulPartitionedCall"}) {
    cases.push_back(
        {op, [op](CaseGraph& g) { g.integers("x", {2}).define("f", "Mul").node("y", op, {"x"}).function("f", "f"); }});
  }
  for (const char* op : {"If", "StatelessIf"}) {
    cases.push_back(
        {op, [op](CaseGraph& g) {
           g.integers("x", {2}).truths("c", {}).define("f", "Mul").define("g", "Sub").node("y", op, {"c", "x"});
           g.function("then_branch", "f").function("else_branch", "g");
         }});
  }
  for (const char* op : {"While", "StatelessWhile"}) {  // 0, 3
    cases.push_back({op, [op](CaseGraph& g) {
                       g.scalar("x", 0).define("f", "Less").define("g", "AddV2").node("y", op, {"x"});
                       g.function("cond", "f").function("body", "g");
                     }});
  }
  for (const char* op : {"TensorListFromTensor", "TensorListGetItem", "TensorListSetItem"}) {
    cases.push_back(
        {op, [](CaseGraph& g) {
           g.reals("x", {2, 3}).vector("s", {3}).scalar("i", 1).node("l", "TensorListFromTensor", {"x", "s"});
           g.node("e", "TensorListGetItem", {"l", "i", "s"}).scalar("j", 0);
           g.node("m", "TensorListSetItem", {"l", "j", "e"}).node("y", "TensorListStack", {"m", "s"});
         }});
  }
  for (const char* op : {"EmptyTensorList", "TensorListPushBack", "TensorListStack", "TensorListLength"}) {
    cases.push_back({op, [op](CaseGraph& g) {
                       g.reals("x", {3}).vector("s", {3}).scalar("n", 9).node("l", "EmptyTensorList", {"s", "n"});
                       g.node("m", "TensorListPushBack", {"l", "x"});
                       g.node("y", std::string(op) == "TensorListLength" ? op : "TensorListStack", {"m"});
                     }});
  }
  cases.push_back({"TensorListReserve", [](CaseGraph& g) {
                     g.vector("s", {3})
                         .scalar("n", 9)
                         .node("l", "TensorListReserve", {"s", "n"})
                         .node("y", "TensorListLength", {"l"});
                   }});
}

inline std::vector<OpCase> op_cases() {
  std::vector<OpCase> cases;
  add_simple_cases(cases);
  add_image_cases(cases);
  add_shape_cases(cases);
  add_control_cases(cases);
  return cases;
}

}  // namespace tmc::frontend::savedmodel
