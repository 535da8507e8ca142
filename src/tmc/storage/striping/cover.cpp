// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/striping/cover.hpp"

#include <limits>

namespace tmc::storage {
namespace {

// The cheapest way to have run all steps before this one.
struct Node {
  double price = std::numeric_limits<double>::infinity();
  const Choice* choice = nullptr;  // that ends here; null: a step that runs whole
};

void relax(Node& node, double price, const Choice* choice) {
  if (price < node.price) node = {price, choice};
}

Cover path_to_end(std::span<const int64_t> live_blocks, const std::vector<Node>& nodes) {
  Cover cover{.choices = {}, .needed = {}, .price = nodes.back().price};
  for (size_t at = live_blocks.size(); at > 0;) {
    if (const Choice* choice = nodes[at].choice) {
      cover.choices.push_back(*choice);
      cover.needed.group_blocks = std::max(cover.needed.group_blocks, choice->blocks);
      at = static_cast<size_t>(choice->stripes.first);
    } else {
      cover.needed.step_blocks = std::max(cover.needed.step_blocks, live_blocks[--at]);
    }
  }
  std::ranges::reverse(cover.choices);
  return cover;
}

}  // namespace

std::optional<Cover> cheapest_cover(std::span<const int64_t> live_blocks, std::span<const Choice> choices,
                                    const Limits& limits) {
  std::vector<Node> nodes(live_blocks.size() + 1);
  nodes.front().price = 0;
  auto choice = choices.begin();
  for (size_t at = 0; at < live_blocks.size(); ++at) {
    const double price = nodes[at].price;
    if (live_blocks[at] <= limits.step_blocks) relax(nodes[at + 1], price, nullptr);
    for (; choice != choices.end() && choice->stripes.first == static_cast<int32_t>(at); ++choice) {
      if (choice->blocks > limits.group_blocks) continue;
      relax(nodes[static_cast<size_t>(choice->stripes.last) + 1], price + choice->price, &*choice);
    }
  }
  if (nodes.back().price == std::numeric_limits<double>::infinity()) return std::nullopt;
  return path_to_end(live_blocks, nodes);
}

}  // namespace tmc::storage
