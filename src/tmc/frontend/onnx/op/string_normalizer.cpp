// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/top_k.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

namespace {

using ir::ValueId;

struct Normalizer {
  std::string change;  // NONE, LOWER or UPPER
  bool is_case_sensitive = false;
  bool ascii = false;  // the locale knows no other letters
  std::vector<std::string> stop_words;
};

Result<Normalizer> read_normalizer(ImportContext& context) {
  Normalizer normalizer;
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(normalizer.change, attributes.text("case_change_action", "NONE"));
  TMC_ASSIGN(const int64_t sensitive, attributes.integer("is_case_sensitive", 0));
  TMC_ASSIGN(const std::string locale, attributes.text("locale", ""));
  TMC_ASSIGN(normalizer.stop_words, attributes.texts("stopwords"));
  normalizer.is_case_sensitive = sensitive != 0;
  normalizer.ascii = locale == "C" || locale == "POSIX";
  if (normalizer.change == "NONE" || normalizer.change == "LOWER" || normalizer.change == "UPPER") return normalizer;
  return error(Error::kMalformed, "its case_change_action is '{}'", normalizer.change);
}

// Truth values [strings]: which are no stop words.
Result<ValueId> kept_strings(ImportContext& context, Normalizer normalizer, ValueId rows) {
  if (!normalizer.is_case_sensitive) {
    TMC_ASSIGN(rows, strings_in_case(context, "_compared", rows, false, normalizer.ascii));
    for (std::string& word : normalizer.stop_words) word = in_case(word, false, normalizer.ascii);
  }
  TMC_ASSIGN(const ValueId found, string_matches(context, "_stop_words", rows, normalizer.stop_words));
  TMC_ASSIGN(const ValueId is_one, context.append("_is_stop_word", ops::ReduceAny{{1}, false}, {found}));
  return context.append("_is_kept", ops::LogicalNot{}, {is_one});
}

// How many strings the output has room for: what the file declares, or a bound, or all.
int64_t room_for(ImportContext& context, int64_t strings) {
  const Shape* declared = context.declared_shape(0);
  if (const auto bound = context.bound_of(context.output_name())) return std::clamp<int64_t>(*bound, 1, strings);
  return declared != nullptr && declared->rank() > 0 ? std::min(declared->back(), strings) : strings;
}

// Those that are kept come first, in their order, and empty strings behind the last.
Result<ValueId> moved_forward(ImportContext& context, ValueId rows, ValueId is_kept, int64_t room) {
  TMC_ASSIGN(const ValueId numbers, context.append("_kept", ops::Cast{DType::kI32}, {is_kept}));
  TMC_ASSIGN(const ValueId places, context.append("_places", ops::TopK{0, room, true}, {numbers}));
  TMC_ASSIGN(const ValueId first, context.append("_first", ops::Lookup{0}, {rows, places}));
  TMC_ASSIGN(ValueId is_there, context.append("_is_there", ops::Lookup{0}, {is_kept, places}));
  TMC_ASSIGN(is_there, reshaped(context, "_is_there_column", is_there, Shape::of(room, 1)));
  const ValueId empty = context.graph().add_constant(context.output_name() + "_empty", {DType::kU8, Shape::of(1)},
                                                     ir::TensorData(std::vector<std::byte>(1)));
  TMC_ASSIGN(const ValueId wide, context.append("_wide", ops::Cast{DType::kI64}, {numbers}));
  TMC_ASSIGN(const ValueId count, context.append("_kept_count", ops::ReduceSum{{0}, false}, {wide}));
  TMC_ASSIGN(const ValueId one, append_integers(context, "_one", Shape(), {1}));
  TMC_ASSIGN(const ValueId least, context.append("_one_at_least", ops::Max{}, {count, one}));
  const Shape* declared = context.declared_shape(0);
  if (declared == nullptr || declared->back() != room) TMC_TRY(context.finish_count(0, least));
  return context.append("_rows", ops::Where{}, {is_there, first, empty});
}

}  // namespace

// The strings [strings] or [1, strings] without the stop words, and with their letters in the case that is asked for.
Status import_string_normalizer(ImportContext& context) {
  TMC_ASSIGN(const Normalizer normalizer, read_normalizer(context));
  TMC_ASSIGN(ValueId rows, context.text(0));
  Shape shape = context.type(rows).shape;
  if (shape.rank() < 2 || shape.rank() > 3 || (shape.rank() == 3 && shape[0] != 1)) {
    return error(Error::kMalformed, "its input is neither [strings] nor [1, strings]");
  }
  const int axis = shape.rank() - 2;
  TMC_ASSIGN(rows, reshaped(context, "_list", rows, Shape::of(shape[axis], shape.back())));
  if (!normalizer.stop_words.empty()) {
    TMC_ASSIGN(const ValueId is_kept, kept_strings(context, normalizer, rows));
    const int64_t room = room_for(context, shape[axis]);
    TMC_ASSIGN(rows, moved_forward(context, rows, is_kept, room));
    shape[axis] = room;
    context.warn(
        fmt::format("how many strings it keeps is known at run time only: '{}' has {}, and those behind the last "
                    "that is kept are empty",
                    context.output_name(), room));
  }
  if (normalizer.change != "NONE") {
    TMC_ASSIGN(rows, strings_in_case(context, "_cased", rows, normalizer.change == "UPPER", normalizer.ascii));
  }
  TMC_TRY(context.finish(ops::Reshape{{shape.begin(), shape.end()}}, {rows}));
  context.set_text();
  return {};
}

}  // namespace tmc::frontend::onnx_format
