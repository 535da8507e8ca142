// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/sensor/parts.hpp"

namespace tmc::sensor {
namespace {

using preprocess::Statistic;

// Keeps what has been built, by what it is.
class Statistics {
 public:
  Statistics(Builder& builder, ValueId signal) : builder_(builder), signal_(signal) {}

  // [channels, 1].
  ValueId of(Statistic statistic) {
    switch (statistic) {
      case Statistic::kMean:
        return kept<ops::Mean>("mean", signal_);
      case Statistic::kMinimum:
        return kept<ops::ReduceMin>("minimum", signal_);
      case Statistic::kMaximum:
        return kept<ops::ReduceMax>("maximum", signal_);
      case Statistic::kPeakToPeak:
        return builder_.add("peak_to_peak", ops::Sub{}, {of(Statistic::kMaximum), of(Statistic::kMinimum)});
      case Statistic::kDeviation:
        return deviation();
      case Statistic::kRms:
        return builder_.add("rms", ops::Sqrt{}, {mean_of(of(Statistic::kEnergy))});
      case Statistic::kEnergy:
        return kept<ops::ReduceSumSquare>("energy", signal_);
      case Statistic::kSkewness:
        return kept<ops::Mean>("skewness", cubes());
      case Statistic::kKurtosis: {
        const ValueId fourths = kept<ops::ReduceSumSquare>("fourths", squares());
        return builder_.add("kurtosis", ops::Sub{}, {mean_of(fourths), builder_.number(3)});
      }
      case Statistic::kZeroCrossings:
        return crossings(signal_);
      case Statistic::kMeanCrossings:
        return crossings(centred());
    }
    return ValueId::kNone;
  }

 private:
  template <typename Reduction>
  ValueId kept(const char* name, ValueId of) {
    return once(name, [&] { return builder_.along_last<Reduction>(name, of, /*keep_dims=*/true); });
  }
  template <typename Make>
  ValueId once(const char* name, const Make& make) {
    const auto found = values_.find(name);
    if (found != values_.end()) return found->second;
    const ValueId made = make();
    values_[name] = made;
    return made;
  }

  ValueId centred() { return builder_.centred(signal_); }
  // Of a sum over the signal.
  ValueId mean_of(ValueId sum) {
    if (signal_ == ValueId::kNone) return signal_;
    return builder_.add("mean", ops::Mul{},
                        {sum, builder_.number(1 / static_cast<double>(builder_.shape(signal_)[1]))});
  }
  ValueId deviation() {
    return once("deviation", [&] {
      return builder_.add("deviation", ops::Sqrt{}, {mean_of(kept<ops::ReduceSumSquare>("spread", centred()))});
    });
  }
  // Less the mean, in deviations; 0 of a constant signal, whose deviation is 0.
  ValueId standardized() {
    return once("standardized", [&] {
      constexpr double kTiny = 1e-37;
      const ValueId divisor = builder_.add("divisor", ops::Max{}, {deviation(), builder_.number(kTiny)});
      return builder_.add("standardized", ops::Div{}, {centred(), divisor});
    });
  }
  ValueId squares() {
    return once("squares", [&] { return builder_.add("squares", ops::Mul{}, {standardized(), standardized()}); });
  }
  ValueId cubes() { return builder_.add("cubes", ops::Mul{}, {squares(), standardized()}); }

  // How often an element and the next one are not both below 0, nor both not.
  ValueId crossings(ValueId of) {
    if (of == ValueId::kNone) return of;
    const Shape shape = builder_.shape(of);
    if (shape[1] < 2) return builder_.constant("none", Shape::of(shape[0], 1), std::vector<double>(shape[0], 0));
    const ValueId is_above = builder_.add("is_above", ops::GreaterOrEqual{}, {of, builder_.number(0)});
    const ValueId differ =
        builder_.add("differ", ops::LogicalXor{},
                     {builder_.part(is_above, 0, shape[1] - 1), builder_.part(is_above, 1, shape[1] - 1)});
    const ValueId ones = builder_.add("ones", ops::Cast{DType::kF32}, {differ});
    return builder_.along_last<ops::ReduceSum>("crossings", ones, true);
  }

  Builder& builder_;
  ValueId signal_;
  std::map<std::string, ValueId> values_;
};

}  // namespace

ValueId append_statistics(Builder& builder, ValueId signal, const std::vector<Statistic>& statistics) {
  Statistics made(builder, signal);
  std::vector<ValueId> columns;
  for (const Statistic statistic : statistics) columns.push_back(made.of(statistic));
  if (columns.size() == 1) return columns.front();
  return builder.add("statistics", ops::Concat{1}, columns);
}

}  // namespace tmc::sensor
