// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/layered_drawing.hpp"

#include <algorithm>
#include <numeric>

namespace tmc::report {
namespace {

constexpr double kBoxHalfWidth = 0.5;
constexpr double kLineHalfWidth = 0.1;  // of an edge that passes a rank
constexpr int kSweeps = 8;
// Edges that pass more ranks than this together are drawn straight: the drawing stays linear in the graph's size.
constexpr int64_t kMostPassages = 20'000;

// A vertex, or the passage of an edge through a rank between its ends.
struct Cell {
  int32_t rank = 0;
  double half_width = kBoxHalfWidth;
  double x = 0;
  std::vector<size_t> above, below;  // neighbours in the ranks next to this one
};

class Layout {
 public:
  Layout(int32_t vertices, const std::vector<Edge>& edges) : cells_(static_cast<size_t>(vertices)) {
    assign_ranks(edges);
    for (const Edge& edge : edges) add_route(edge);
    fill_ranks();
    for (int sweep = 0; sweep < kSweeps; ++sweep) order_ranks(sweep % 2 == 0);
    spread_ranks();
    for (int sweep = 0; sweep < kSweeps; ++sweep) straighten(sweep % 2 == 0);
  }

  Drawing drawing(int32_t vertices) const {
    Drawing drawing;
    if (cells_.empty()) return drawing;
    double left = cells_.front().x;
    double right = left;
    for (const Cell& cell : cells_) {
      left = std::min(left, cell.x - cell.half_width);
      right = std::max(right, cell.x + cell.half_width);
    }
    const auto point = [&](size_t cell) { return Point{cells_[cell].x - left, cells_[cell].rank}; };
    for (size_t i = 0; i < static_cast<size_t>(vertices); ++i) drawing.vertices.push_back(point(i));
    for (const std::vector<size_t>& route : routes_) {
      std::vector<Point>& points = drawing.routes.emplace_back();
      for (const size_t cell : route) points.push_back(point(cell));
    }
    drawing.width = right - left;
    drawing.ranks = static_cast<int32_t>(ranks_.size());
    return drawing;
  }

 private:
  void assign_ranks(const std::vector<Edge>& edges) {
    std::vector<Edge> by_target = edges;
    std::ranges::stable_sort(by_target, {}, &Edge::to);
    for (const Edge& edge : by_target) {
      int32_t& rank = cells_[static_cast<size_t>(edge.to)].rank;
      rank = std::max(rank, cells_[static_cast<size_t>(edge.from)].rank + 1);
    }
  }

  void add_route(const Edge& edge) {
    std::vector<size_t>& route = routes_.emplace_back();
    const auto from = static_cast<size_t>(edge.from);
    const auto to = static_cast<size_t>(edge.to);
    route.push_back(from);
    const int32_t passed = cells_[to].rank - cells_[from].rank - 1;
    if (passed > 0 && passages_ + passed <= kMostPassages) {
      passages_ += passed;
      for (int32_t rank = cells_[from].rank + 1; rank < cells_[to].rank; ++rank) {
        cells_.push_back({.rank = rank, .half_width = kLineHalfWidth, .above = {}, .below = {}});
        route.push_back(cells_.size() - 1);
      }
    }
    route.push_back(to);
    for (size_t i = 1; i < route.size(); ++i) {
      if (cells_[route[i]].rank != cells_[route[i - 1]].rank + 1) continue;
      cells_[route[i]].above.push_back(route[i - 1]);
      cells_[route[i - 1]].below.push_back(route[i]);
    }
  }

  void fill_ranks() {
    for (size_t i = 0; i < cells_.size(); ++i) {
      const auto rank = static_cast<size_t>(cells_[i].rank);
      if (ranks_.size() <= rank) ranks_.resize(rank + 1);
      ranks_[rank].push_back(i);
    }
    for (const std::vector<size_t>& rank : ranks_) number(rank);
  }

  // While ranks are being ordered, x is a cell's position in its rank.
  void number(const std::vector<size_t>& rank) {
    for (size_t i = 0; i < rank.size(); ++i) cells_[rank[i]].x = static_cast<double>(i);
  }

  double mean_x(const std::vector<size_t>& neighbours, double otherwise) const {
    if (neighbours.empty()) return otherwise;
    double sum = 0;
    for (const size_t neighbour : neighbours) sum += cells_[neighbour].x;
    return sum / static_cast<double>(neighbours.size());
  }

  template <typename Visit>
  void visit_ranks(bool downwards, Visit visit) {
    for (size_t i = 0; i < ranks_.size(); ++i) visit(ranks_[downwards ? i : ranks_.size() - 1 - i]);
  }

  // Barycentres: every cell moves to the middle of its neighbours in the rank that was ordered before.
  void order_ranks(bool downwards) {
    visit_ranks(downwards, [&](std::vector<size_t>& rank) {
      std::vector<std::pair<double, size_t>> keyed;
      for (const size_t cell : rank) {
        keyed.emplace_back(mean_x(downwards ? cells_[cell].above : cells_[cell].below, cells_[cell].x), cell);
      }
      std::ranges::stable_sort(keyed, {}, &std::pair<double, size_t>::first);
      std::ranges::transform(keyed, rank.begin(), &std::pair<double, size_t>::second);
      number(rank);
    });
  }

  double distance(size_t left, size_t right) const { return cells_[left].half_width + cells_[right].half_width; }

  void spread_ranks() {
    for (const std::vector<size_t>& rank : ranks_) {
      for (size_t i = 0; i < rank.size(); ++i) {
        cells_[rank[i]].x = i == 0 ? 0 : cells_[rank[i - 1]].x + distance(rank[i - 1], rank[i]);
      }
    }
  }

  // Every rank as near as it can be (in least squares) to the middle of its cells' neighbours, in its order and with
  // its distances: isotonic regression by pooling adjacent violators.
  void straighten(bool downwards) {
    visit_ranks(downwards, [&](const std::vector<size_t>& rank) {
      struct Pool {
        double sum;
        size_t count;
        double mean() const { return sum / static_cast<double>(count); }
      };
      std::vector<Pool> pools;
      std::vector<double> begins;  // where each cell would be, were the first at 0 and all packed
      for (size_t i = 0; i < rank.size(); ++i) {
        const Cell& cell = cells_[rank[i]];
        begins.push_back(i == 0 ? 0 : begins.back() + distance(rank[i - 1], rank[i]));
        pools.push_back({mean_x(downwards ? cell.above : cell.below, cell.x) - begins.back(), 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
          const Pool last = pools.back();
          pools.pop_back();
          pools.back().sum += last.sum;
          pools.back().count += last.count;
        }
      }
      size_t i = 0;
      for (const Pool& pool : pools) {
        for (size_t k = 0; k < pool.count; ++k, ++i) cells_[rank[i]].x = pool.mean() + begins[i];
      }
    });
  }

  std::vector<Cell> cells_;  // vertices, then passages
  std::vector<std::vector<size_t>> ranks_;
  std::vector<std::vector<size_t>> routes_;
  int64_t passages_ = 0;
};

}  // namespace

Drawing draw_layered(int32_t vertices, const std::vector<Edge>& edges) {
  return Layout(vertices, edges).drawing(vertices);
}

}  // namespace tmc::report
