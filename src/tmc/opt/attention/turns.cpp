// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/attention/turns.hpp"

#include <algorithm>
#include <map>

namespace tmc::opt {
namespace {

// One element of a value: of which element of the source it is the turned one, and by what. A pair has one cosine and
// one sine, with the element that is the second of a turn.
struct Turned {
  int64_t at = 0, other = 0;
  Multiple cosine{1}, sine{0};  // at * cosine + other * sine
  bool alone = true;
};

// What a pair of elements that are made of the same two becomes: x * c - y * s and y * c + x * s.
bool read_pair(const Form& a, const Form& b, Turned& first, Turned& second) {
  const size_t same = a.index[0] == b.index[0] ? 0 : 1;
  const Multiple a0 = a.factor[0], a1 = a.factor[1], b0 = b.factor[same], b1 = b.factor[1 - same];
  if (a0 == b1 && a1 == -b0) {
    first = {a.index[0], a.index[1], a0, a1, false};
    second = {a.index[1], a.index[0], b1, b0, false};
    return true;
  }
  if (!(a1 == b0) || !(a0 == -b1)) return false;
  first = {a.index[1], a.index[0], a1, a0, false};
  second = {a.index[0], a.index[1], b0, b1, false};
  return true;
}

std::optional<std::vector<Turned>> read_pairs(const std::vector<Form>& forms) {
  std::vector<Turned> all(forms.size());
  std::map<std::pair<int64_t, int64_t>, size_t> waiting;
  for (size_t at = 0; at < forms.size(); ++at) {
    const Form& form = forms[at];
    if (form.terms == 1) {
      if (!(form.factor[0] == Multiple{1})) return std::nullopt;
      all[at].at = form.index[0];
      continue;
    }
    const auto [found, is_new] = waiting.try_emplace(std::minmax(form.index[0], form.index[1]), at);
    if (is_new) continue;
    if (!read_pair(forms[found->second], form, all[found->second], all[at])) return std::nullopt;
    waiting.erase(found);
  }
  if (!waiting.empty()) return std::nullopt;
  return all;
}

// The digits in the source's order, and what each digit's stride is where only these elements are kept.
bool densify(Turns& turns) {
  View& result = turns.result;
  Factors sorted = result.factors;
  std::ranges::sort(sorted, std::ranges::greater(), &Factor::stride);
  turns.x = {sorted, result.offset};
  std::map<int64_t, int64_t> dense;
  int64_t within = 1;
  for (size_t at = sorted.size(); at-- > 0;) {
    if (!dense.try_emplace(sorted[at].stride, within).second) return false;
    within *= sorted[at].extent;
  }
  for (Factor& factor : result.factors) factor.stride = dense[factor.stride];
  result.offset = 0;
  return true;
}

// The rows of a value [batch * length, heads * size], and the turns by the elements' places in it.
class Reader {
 public:
  // `at` of the turns as the forms have it; places are found by the view of the forms.
  Reader(const std::vector<Turned>& all, const View& result) : turned_(all.size()) {
    std::map<int64_t, int64_t> place_of;  // of an element of the source
    std::vector<int64_t> places(all.size());
    for (size_t at = 0; at < all.size(); ++at) {
      auto rest = static_cast<int64_t>(at);
      int64_t place = 0;
      for (size_t factor = result.factors.size(); factor-- > 0;) {
        place += rest % result.factors[factor].extent * result.factors[factor].stride;
        rest /= result.factors[factor].extent;
      }
      places[at] = place;
      place_of[all[at].at] = place;
    }
    for (size_t at = 0; at < all.size(); ++at) {
      Turned& turned = turned_[static_cast<size_t>(places[at])] = all[at];
      turned.at = places[at];
      const auto other = place_of.find(turned.other);
      is_closed_ &= turned.alone || other != place_of.end();
      if (!turned.alone && other != place_of.end()) turned.other = other->second;
    }
  }

  bool is_closed() const { return is_closed_; }

  // The smallest head, and the most of them in a row, that the turns have.
  bool find_heads(Turns& turns) const {
    const auto count = static_cast<int64_t>(turned_.size());
    for (int64_t size = 2; size <= count; ++size) {
      if (count % size != 0 || !find_rotated(size, turns)) continue;
      for (int64_t heads = count / size; heads >= 1; --heads) {
        if (count / size % heads != 0) continue;
        turns.size = size;
        turns.heads = heads;
        if (!are_alike(turns)) continue;
        fill(turns);
        return true;
      }
    }
    return false;
  }

 private:
  const Turned& at(int64_t row, int64_t head, int64_t element, const Turns& turns) const {
    return turned_[static_cast<size_t>((row * turns.heads + head) * turns.size + element)];
  }

  // Which elements of the first head are turned, and with which.
  bool find_rotated(int64_t size, Turns& turns) const {
    int64_t rotated = 0;
    while (rotated < size && !turned_[static_cast<size_t>(rotated)].alone) ++rotated;
    if (rotated < 2 || rotated % 2 != 0) return false;
    turns.rotated = rotated;
    const int64_t distance = turned_[0].other;
    turns.interleaved = distance == 1 && rotated != 2;
    return distance == (turns.interleaved ? 1 : rotated / 2);
  }

  int64_t first_of(int64_t pair, const Turns& turns) const { return turns.interleaved ? 2 * pair : pair; }
  int64_t distance(const Turns& turns) const { return turns.interleaved ? 1 : turns.rotated / 2; }

  // Whether all heads of a row are turned by the same angles, each within itself.
  bool are_alike(const Turns& turns) const {
    const int64_t rows = static_cast<int64_t>(turned_.size()) / (turns.heads * turns.size);
    for (int64_t row = 0; row < rows; ++row) {
      for (int64_t head = 0; head < turns.heads; ++head) {
        if (!is_like(row, head, turns)) return false;
      }
    }
    return true;
  }

  bool is_like(int64_t row, int64_t head, const Turns& turns) const {
    for (int64_t pair = 0; pair < turns.rotated / 2; ++pair) {
      const int64_t first = first_of(pair, turns), second = first + distance(turns);
      const Turned &a = at(row, head, first, turns), &b = at(row, head, second, turns);
      const Turned& model = at(row, 0, first, turns);
      if (a.alone || b.alone || a.other != b.at || b.other != a.at) return false;
      if (!(a.cosine == model.cosine && a.sine == model.sine)) return false;
      if (!(b.cosine == a.cosine && b.sine == -a.sine)) return false;
    }
    for (int64_t element = turns.rotated; element < turns.size; ++element) {
      if (!at(row, head, element, turns).alone) return false;
    }
    return true;
  }

  void fill(Turns& turns) const {
    const int64_t rows = static_cast<int64_t>(turned_.size()) / (turns.heads * turns.size);
    const auto width = static_cast<size_t>(turns.rotated / 2);
    for (int64_t row = 0; row < rows; ++row) {
      for (int64_t pair = 0; pair < turns.rotated / 2; ++pair) {
        const Turned& first = at(row, 0, first_of(pair, turns), turns);
        turns.cosines.push_back(first.cosine);
        turns.sines.push_back(-first.sine);
      }
    }
    // Items of a batch have the same angles.
    turns.length = rows;
    for (int64_t length = 1; length < rows; ++length) {
      const auto repeats = [&](const std::vector<Multiple>& table) {
        const auto step = static_cast<ptrdiff_t>(static_cast<size_t>(length) * width);
        return std::equal(table.begin() + step, table.end(), table.begin());
      };
      if (rows % length != 0 || !repeats(turns.cosines) || !repeats(turns.sines)) continue;
      turns.length = length;
      break;
    }
    turns.batch = rows / turns.length;
    turns.cosines.resize(static_cast<size_t>(turns.length) * width);
    turns.sines.resize(static_cast<size_t>(turns.length) * width);
  }

  std::vector<Turned> turned_;
  bool is_closed_ = true;
};

}  // namespace

std::optional<Turns> turns_of(const std::vector<Form>& forms) {
  if (std::ranges::any_of(forms, [](const Form& form) { return form.terms < 1 || form.terms > 2; }))
    return std::nullopt;
  const auto all = read_pairs(forms);
  if (!all || all->size() < 2) return std::nullopt;
  std::vector<int64_t> indices;
  for (const Turned& turned : *all) indices.push_back(turned.at);
  const auto view = view_of_indices(indices);
  if (!view) return std::nullopt;
  Turns turns;
  turns.result = *view;
  if (!densify(turns)) return std::nullopt;
  const Reader reader(*all, turns.result);
  if (!reader.is_closed() || !reader.find_heads(turns)) return std::nullopt;
  return turns;
}

}  // namespace tmc::opt
