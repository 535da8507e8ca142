// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/byte_graph.hpp"

#include <algorithm>
#include <map>

namespace tmc::stream {
namespace {

constexpr auto kNowhere = static_cast<uint16_t>(ByteAutomaton::kNowhere);

// Bytes that every set either has or has not; one of each such class.
std::vector<std::pair<uint8_t, ByteSet>> classes_of(const std::vector<const ByteSet*>& sets) {
  std::vector<ByteSet> classes = {ByteSet().set()};
  for (const ByteSet* set : sets) {
    std::vector<ByteSet> finer;
    for (const ByteSet& one : classes) {
      if ((one & *set).any()) finer.push_back(one & *set);
      if ((one & ~*set).any()) finer.push_back(one & ~*set);
    }
    classes = std::move(finer);
  }
  std::vector<std::pair<uint8_t, ByteSet>> result;
  for (const ByteSet& one : classes) {
    size_t byte = 0;
    while (!one[byte]) ++byte;
    result.emplace_back(static_cast<uint8_t>(byte), one);
  }
  return result;
}

// Takes transitions away that lead to where no end can be reached from. `bytes` has one of each class.
void cut_dead_ends(const std::vector<uint8_t>& bytes, Automaton& automaton) {
  std::vector<bool> lives(automaton.states.size());
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = automaton.states.size(); i-- > 0;) {
      const Automaton::State& state = automaton.states[i];
      const bool leads = state.info == 1 || std::any_of(bytes.begin(), bytes.end(), [&](uint8_t byte) {
                           return state.next[byte] != kNowhere && lives[state.next[byte]];
                         });
      changed = changed || (leads && !lives[i]);
      if (leads) lives[i] = true;
    }
  }
  for (Automaton::State& state : automaton.states) {
    for (uint16_t& next : state.next) {
      if (next != kNowhere && !lives[next]) next = kNowhere;
    }
  }
}

// States that accept the same become one (E. F. Moore's refinement); the first stays the first.
Automaton smallest(const std::vector<uint8_t>& bytes, const Automaton& automaton) {
  const size_t count = automaton.states.size();
  std::vector<uint16_t> group(count);
  for (size_t i = 0; i < count; ++i) group[i] = automaton.states[i].info;
  size_t groups = 0;
  while (true) {
    std::map<std::vector<uint16_t>, uint16_t> numbers;
    std::vector<uint16_t> finer(count);
    for (size_t i = 0; i < count; ++i) {
      std::vector<uint16_t> key = {group[i]};
      for (const uint8_t byte : bytes) {
        const uint16_t next = automaton.states[i].next[byte];
        key.push_back(next == kNowhere ? kNowhere : group[next]);
      }
      finer[i] = numbers.emplace(std::move(key), static_cast<uint16_t>(numbers.size())).first->second;
    }
    group = std::move(finer);
    if (numbers.size() == groups) break;
    groups = numbers.size();
  }
  Automaton made;
  made.states.resize(groups, Automaton::dead_end());
  for (size_t i = 0; i < count; ++i) {
    Automaton::State& state = made.states[group[i]];
    state.info = automaton.states[i].info;
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint16_t next = automaton.states[i].next[byte];
      if (next != kNowhere) state.next[byte] = group[next];
    }
  }
  return made;
}

// Only what can be reached, in the order of being reached.
Automaton reachable(const Automaton& automaton) {
  std::vector<uint16_t> number(automaton.states.size(), kNowhere);
  std::vector<uint16_t> order = {0};
  number[0] = 0;
  Automaton made;
  for (size_t i = 0; i < order.size(); ++i) {
    Automaton::State state = automaton.states[order[i]];
    for (uint16_t& next : state.next) {
      if (next == kNowhere) continue;
      if (number[next] == kNowhere) {
        number[next] = static_cast<uint16_t>(order.size());
        order.push_back(next);
      }
      next = number[next];
    }
    made.states.push_back(state);
  }
  return made;
}

}  // namespace

uint32_t ByteGraph::add() {
  if (!is_full()) nodes_.emplace_back();
  return static_cast<uint32_t>(nodes_.size() - 1);
}

ByteGraph::Part ByteGraph::nothing() {
  const uint32_t node = add();
  return {node, node};
}

ByteGraph::Part ByteGraph::one_of(const ByteSet& bytes) {
  const Part part{add(), add()};
  nodes_[part.in].bytes = bytes;
  nodes_[part.in].next = part.out;
  return part;
}

ByteGraph::Part ByteGraph::then(Part first, Part second) {
  nodes_[first.out].free.push_back(second.in);
  return {first.in, second.out};
}

ByteGraph::Part ByteGraph::either(Part first, Part second) {
  const Part part{add(), add()};
  nodes_[part.in].free = {first.in, second.in};
  nodes_[first.out].free.push_back(part.out);
  nodes_[second.out].free.push_back(part.out);
  return part;
}

ByteGraph::Part ByteGraph::optional(Part part) {
  return either(part, nothing());
}

ByteGraph::Part ByteGraph::repeated(Part part) {
  const Part whole{add(), add()};
  nodes_[whole.in].free = {part.in};
  nodes_[part.out].free.push_back(whole.out);
  nodes_[whole.out].free.push_back(part.in);
  return whole;
}

std::vector<uint32_t> ByteGraph::closed(std::vector<uint32_t> nodes) const {
  std::vector<bool> seen(nodes_.size());
  std::vector<uint32_t> all;
  while (!nodes.empty()) {
    const uint32_t node = nodes.back();
    nodes.pop_back();
    if (seen[node]) continue;
    seen[node] = true;
    all.push_back(node);
    nodes.insert(nodes.end(), nodes_[node].free.begin(), nodes_[node].free.end());
  }
  std::sort(all.begin(), all.end());
  return all;
}

Result<Automaton> ByteGraph::determine(Part part) const {
  std::vector<const ByteSet*> sets;
  for (const Node& node : nodes_) {
    if (node.bytes.any()) sets.push_back(&node.bytes);
  }
  const auto classes = classes_of(sets);
  std::map<std::vector<uint32_t>, uint16_t> numbers;
  std::vector<std::vector<uint32_t>> waiting = {closed({part.in})};
  numbers.emplace(waiting[0], 0);
  Automaton automaton;
  for (size_t i = 0; i < waiting.size(); ++i) {
    Automaton::State state = Automaton::dead_end();
    const std::vector<uint32_t> nodes = waiting[i];
    state.info = std::binary_search(nodes.begin(), nodes.end(), part.out) ? 1 : 0;
    for (const auto& [byte, members] : classes) {
      std::vector<uint32_t> next;
      for (const uint32_t node : nodes) {
        if (nodes_[node].bytes[byte]) next.push_back(nodes_[node].next);
      }
      if (next.empty()) continue;
      next = closed(std::move(next));
      const auto [at, is_new] = numbers.emplace(next, static_cast<uint16_t>(waiting.size()));
      if (is_new && waiting.size() == kMostAutomatonStates) {
        return error(Error::kBadUsage, "the expression takes more than {} states", kMostAutomatonStates);
      }
      if (is_new) waiting.push_back(std::move(next));
      for (size_t member = 0; member < 256; ++member) {
        if (members[member]) state.next[member] = at->second;
      }
    }
    automaton.states.push_back(state);
  }
  std::vector<uint8_t> bytes;
  for (const auto& [byte, members] : classes) bytes.push_back(byte);
  cut_dead_ends(bytes, automaton);
  const Automaton made = reachable(smallest(bytes, automaton));
  const bool matches =
      std::any_of(made.states.begin(), made.states.end(), [](const auto& state) { return state.info == 1; });
  if (!matches) return error(Error::kBadUsage, "the expression matches no text");
  return made;
}

}  // namespace tmc::stream
