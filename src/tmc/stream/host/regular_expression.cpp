// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/regular_expression.hpp"

#include <optional>

#include "tmc/stream/host/byte_graph.hpp"

namespace tmc::stream {
namespace {

using Part = ByteGraph::Part;

constexpr int32_t kMostRepetitions = 1000;
constexpr int kDeepest = 100;  // groups in one another

ByteSet range(int low, int high) {
  ByteSet set;
  for (int byte = low; byte <= high; ++byte) set.set(static_cast<size_t>(byte));
  return set;
}
ByteSet only(uint8_t byte) {
  return range(byte, byte);
}

// The class that a letter behind a backslash stands for, of ASCII.
std::optional<ByteSet> named_class(char letter) {
  ByteSet set;
  switch (letter | 0x20) {
    case 'd':
      set = range('0', '9');
      break;
    case 'w':
      set = range('0', '9') | range('A', 'Z') | range('a', 'z') | only('_');
      break;
    case 's':
      set = range('\t', '\r') | only(' ');
      break;
    default:
      return std::nullopt;
  }
  return (letter & 0x20) != 0 ? set : range(0, 0x7F) & ~set;
}

std::optional<uint8_t> control_character(char letter) {
  constexpr std::string_view kLetters = "nrtfv0";
  constexpr std::string_view kMeanings("\n\r\t\f\v\0", 6);
  const size_t at = kLetters.find(letter);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<uint8_t>(kMeanings[at]);
}

int hexadecimal(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  const char small = static_cast<char>(digit | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// Descends through the expression and builds its graph. After an error, which status() has, it goes to the end.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Part parse() {
    const Part part = alternatives();
    if (!has_ended()) fail("a ) closes nothing");
    return part;
  }
  const Status& status() const { return status_; }
  const ByteGraph& graph() const { return graph_; }

 private:
  bool has_ended() const { return at_ >= text_.size(); }
  char peek() const { return has_ended() ? '\0' : text_[at_]; }
  bool is_next(char c) const { return !has_ended() && text_[at_] == c; }
  bool take(char c) {
    if (!is_next(c)) return false;
    ++at_;
    return true;
  }
  void fail(std::string_view what) {
    if (status_.ok()) status_ = error(Error::kBadUsage, "expression '{}': {}, at byte {}", text_, what, at_);
    at_ = text_.size();
  }

  Part alternatives() {
    if (++depth_ > kDeepest) fail("groups are too deep");
    Part part = sequence();
    while (take('|')) part = graph_.either(part, sequence());
    --depth_;
    return part;
  }

  Part sequence() {
    Part part = graph_.nothing();
    while (!has_ended() && peek() != '|' && peek() != ')') part = graph_.then(part, repetition());
    return part;
  }

  // An atom and how often it stands. The text of the atom is read again for each time that it stands.
  Part repetition() {
    const size_t begin = at_;
    const Part first = atom();
    int32_t least = 1;
    int32_t most = 1;
    if (!count(least, most)) return first;
    const size_t end = at_;
    if (!has_ended() && (peek() == '?' || peek() == '+' || peek() == '*')) {
      fail("lazy, possessive and doubled repetitions are not supported");
    }
    // With nothing there, `first` is not reached; the first copy is the one that was read already.
    Part whole = graph_.nothing();
    const auto copy = [&](int32_t number) {
      if (number == 0) return first;
      at_ = begin;
      return atom();
    };
    for (int32_t i = 0; i + 1 < least && status_.ok(); ++i) whole = graph_.then(whole, copy(i));
    const int32_t last = least > 0 ? least - 1 : 0;
    if (most < 0) {
      const Part more = graph_.repeated(copy(last));
      whole = graph_.then(whole, least > 0 ? more : graph_.optional(more));
    } else {
      if (least > 0) whole = graph_.then(whole, copy(last));
      whole = graph_.then(whole, up_to(most - least, least, copy));
    }
    if (status_.ok()) at_ = end;
    return whole;
  }

  // (a(a(a)?)?)?, from the inside.
  template <typename Copy>
  Part up_to(int32_t times, int32_t first, Copy copy) {
    Part part = graph_.nothing();
    for (int32_t i = 0; i < times && status_.ok(); ++i) {
      part = graph_.optional(graph_.then(copy(first + i), part));
    }
    return part;
  }

  // False where nothing says so; `most` is -1 without a limit.
  bool count(int32_t& least, int32_t& most) {
    if (take('*')) {
      least = 0;
      most = -1;
    } else if (take('+')) {
      most = -1;
    } else if (take('?')) {
      least = 0;
    } else if (take('{')) {
      least = number();
      most = least;
      if (take(',')) most = is_next('}') ? -1 : number();
      if (!take('}') || (most >= 0 && most < least)) fail("a repetition is {m}, {m,} or {m,n}");
    } else {
      return false;
    }
    return true;
  }
  int32_t number() {
    int32_t value = -1;
    while (peek() >= '0' && peek() <= '9' && value <= kMostRepetitions) {
      value = (value < 0 ? 0 : value * 10) + (text_[at_++] - '0');
    }
    if (value < 0 || value > kMostRepetitions) {
      fail(fmt::format("a repetition has numbers of at most {}", kMostRepetitions));
      return 0;
    }
    return value;
  }

  Part atom() {
    if (graph_.is_full()) fail(fmt::format("it takes more than {} nodes", ByteGraph::kMostNodes));
    const char c = peek();
    if (take('(')) return group();
    if (take('[')) return character_class();
    if (take('.')) return any_of(range(0, 0x7F) & ~only('\n'), true);
    if (take('\\')) return escape();
    if (c == '^' || c == '$') fail("anchors are not supported: the whole text matches");
    if (c == '*' || c == '+' || c == '?' || c == '{') fail("a repetition has nothing to repeat");
    if (has_ended()) return graph_.nothing();
    ++at_;
    if (static_cast<uint8_t>(c) < 0x80) return graph_.one_of(only(static_cast<uint8_t>(c)));
    return beyond_ascii(static_cast<uint8_t>(c));
  }

  // A character of UTF-8 that begins with `lead`, which is repeated as a whole.
  Part beyond_ascii(uint8_t lead) {
    Part part = graph_.one_of(only(lead));
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    int count = 0;
    while (count < more && !has_ended() && (peek() & 0xC0) == 0x80) {
      part = graph_.then(part, graph_.one_of(only(static_cast<uint8_t>(text_[at_++]))));
      ++count;
    }
    if (more == 0 || count < more) fail("it is no UTF-8");
    return part;
  }

  Part group() {
    if (take('?') && !take(':')) fail("of groups with (? only (?: is supported");
    const Part part = alternatives();
    if (!take(')')) fail("a ( is not closed");
    return part;
  }

  Part escape() {
    const char letter = peek();
    if (const auto set = named_class(letter)) {
      ++at_;
      return any_of(*set, letter < 'a');
    }
    return graph_.one_of(only(escaped_byte()));
  }
  // Behind a backslash.
  uint8_t escaped_byte() {
    if (has_ended()) {
      fail("a \\ stands at the end");
      return 0;
    }
    const char letter = text_[at_++];
    if (const auto control = control_character(letter)) return *control;
    if (letter == 'x') {
      const int high = at_ + 1 < text_.size() ? hexadecimal(text_[at_]) : -1;
      const int low = at_ + 1 < text_.size() ? hexadecimal(text_[at_ + 1]) : -1;
      if (high < 0 || low < 0 || high > 7) fail("\\x has two hexadecimal digits, of ASCII");
      at_ += 2;
      return static_cast<uint8_t>(high << 4 | low);
    }
    const bool is_letter_or_digit = (*named_class('w'))[static_cast<uint8_t>(letter)];
    if (is_letter_or_digit || static_cast<uint8_t>(letter) >= 0x80) fail("this escape is not supported");
    return static_cast<uint8_t>(letter);
  }

  Part character_class() {
    const bool is_negated = take('^');
    ByteSet set;
    for (bool is_first = true; !has_ended() && (is_first || !is_next(']')); is_first = false) {
      if (is_first && is_next(']')) fail("an empty class is not supported");
      const auto low = class_member(set);
      if (!low || !is_next('-') || at_ + 1 >= text_.size() || text_[at_ + 1] == ']') continue;
      ++at_;
      const auto high = class_member(set);
      if (!high || *high < *low) fail("a range of a class goes backward, or to a class");
      if (high) set |= range(*low, *high);
    }
    if (!take(']')) fail("a [ is not closed");
    return any_of(is_negated ? range(0, 0x7F) & ~set : set, is_negated);
  }
  // Adds what stands there; the byte where it is one.
  std::optional<uint8_t> class_member(ByteSet& set) {
    if (has_ended()) return std::nullopt;
    if (static_cast<uint8_t>(peek()) >= 0x80) fail("classes have no characters beyond ASCII");
    if (!take('\\')) {
      if (has_ended()) return std::nullopt;
      const auto byte = static_cast<uint8_t>(text_[at_++]);
      set.set(byte);
      return byte;
    }
    if (const auto named = named_class(peek())) {
      if (peek() < 'a') fail("classes with capitals stand alone");
      if (!has_ended()) ++at_;
      set |= *named;
      return std::nullopt;
    }
    const uint8_t byte = escaped_byte();
    set.set(byte);
    return byte;
  }

  // One of these bytes, or a character of several.
  Part any_of(const ByteSet& ascii, bool has_long_ones) {
    Part part = graph_.one_of(ascii);
    if (!has_long_ones) return part;
    const ByteSet more = range(0x80, 0xBF);
    const std::vector<std::vector<ByteSet>> forms = {{range(0xC2, 0xDF), more},
                                                     {only(0xE0), range(0xA0, 0xBF), more},
                                                     {range(0xE1, 0xEC) | range(0xEE, 0xEF), more, more},
                                                     {only(0xED), range(0x80, 0x9F), more},
                                                     {only(0xF0), range(0x90, 0xBF), more, more},
                                                     {range(0xF1, 0xF3), more, more, more},
                                                     {only(0xF4), range(0x80, 0x8F), more, more}};
    for (const auto& form : forms) {
      Part sequence = graph_.nothing();
      for (const ByteSet& bytes : form) sequence = graph_.then(sequence, graph_.one_of(bytes));
      part = graph_.either(part, sequence);
    }
    return part;
  }

  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
  ByteGraph graph_;
  Status status_;
};

}  // namespace

Result<Automaton> regular_expression_automaton(std::string_view expression) {
  Parser parser(expression);
  const Part whole = parser.parse();
  TMC_TRY(parser.status());
  return parser.graph().determine(whole);
}

}  // namespace tmc::stream
