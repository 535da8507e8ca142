// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Views: where the elements of a value that was only moved (reshapes, transposes, slices, repeats, one after the other)
// lie in the value that all of it began with. So what reads a value can be told by what it reads in the end, whichever
// way an exporter took there, and written anew with the fewest moves.
//
// A view is an offset and a list of factors, outermost first: the row-major index of an element is split into digits by
// the factors' extents, and each digit is times its stride. All extents are above 1, but for a view of one element,
// which has no factors; a stride of 0 repeats.

#include <optional>
#include <span>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

struct Factor {
  int64_t extent, stride;
  friend bool operator==(const Factor& a, const Factor& b) { return a.extent == b.extent && a.stride == b.stride; }
};
using Factors = std::vector<Factor>;

struct View {
  Factors factors;
  int64_t offset = 0;
};

int64_t elements(std::span<const Factor> factors);
// Neighbours that are one digit become one, extents of 1 go.
Factors merged(std::span<const Factor> factors);
// All of that many elements as they lie.
View whole(int64_t count);
bool is_whole(const View& view, int64_t count);
// The view `outer` of what `inner` is of another value. None where digits do not come apart.
std::optional<View> compose(const View& inner, const View& outer);
// What the node makes of its only operand; none where it does more than move elements by one view.
std::optional<View> view_of(const ir::Graph& graph, const ir::Node& node);
// What broadcasting a tensor of shape `from` to `to` is.
View broadcasting(const Shape& from, const Shape& to);
// The factors split so that each of the groups, the outermost first, has the product that `extents` says. None where
// they do not come apart.
std::optional<std::vector<Factors>> grouped(std::span<const Factor> factors, std::span<const int64_t> extents);

// Where each element that is seen lies, and back: none where these are no view that runs forward.
std::vector<int64_t> indices_of(const View& view);
std::optional<View> view_of_indices(std::span<const int64_t> indices);
// The numbers of a constant as it is seen; truth values as 1 and 0.
std::vector<float> numbers_of(const ir::Value& constant, const View& view);

// A value and what is seen of it.
struct Seen {
  ir::ValueId source = ir::ValueId::kNone;
  View view;
};
// For every value of a graph, what it is of a value that no move made. O(nodes).
class Origins {
 public:
  explicit Origins(const ir::Graph& graph);
  // A value that is newer than this is its own origin.
  Seen of(const ir::Graph& graph, ir::ValueId id) const;

 private:
  std::vector<std::optional<Seen>> seen_;
};

// How a view of a value is made of it by operators that move elements.
struct Moves {
  std::vector<int64_t> box;  // the value's shape to cut from
  std::vector<int64_t> begins, sizes;
  std::vector<int64_t> order;     // of the cut axes
  std::vector<int64_t> ones;      // the shape before it is repeated; empty where nothing is
  std::vector<int64_t> repeated;  // and after
  bool slices = false, transposes = false, repeats = false;
};
// None where it takes more than one slice and one transpose, or a rank that there is not.
std::optional<Moves> moves_for(const View& view, int64_t source_elements);
// Appends the moves right before `before` and gives the value, of that shape.
Result<ir::ValueId> emit(ir::Graph& graph, ir::NodeId before, const std::string& name, ir::ValueId source,
                         const Moves& moves, const Shape& shape);

}  // namespace tmc::opt
