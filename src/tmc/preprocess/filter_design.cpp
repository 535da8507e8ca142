// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/filter_design.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace tmc::preprocess {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// Of the bilinear transform z = (kRate + s) / (kRate - s).
constexpr double kRate = 4;

Complex bilinear(Complex s) {
  return (kRate + s) / (kRate - s);
}

// The two poles of a band-pass filter that a pole of the low-pass prototype becomes.
std::array<Complex, 2> band_poles(Complex prototype, double low, double high) {
  const Complex half = prototype * (high - low) / 2.0;
  const Complex root = std::sqrt(half * half - low * high);
  return {half + root, half - root};
}

// With these poles, both of the digital plane, and the zeros of the numerator; magnitude 1 at z.
Section section_of(Complex pole, Complex other, const std::array<double, 3>& numerator, Complex at) {
  const double a1 = -(pole + other).real();
  const double a2 = (pole * other).real();
  const Complex back = 1.0 / at;
  const Complex top = numerator[0] + back * (numerator[1] + back * numerator[2]);
  const double gain = std::abs((1.0 + back * (a1 + back * a2)) / top);
  return {numerator[0] * gain, numerator[1] * gain, numerator[2] * gain, a1, a2};
}

// The zeros y of sum over k < n of binomial(n - 1 + k, k) y^k, all at once (Durand and Kerner).
std::vector<Complex> roots_of_product_filter(int64_t n) {
  std::vector<double> polynomial = {1};  // lowest power first, then made monic
  for (int64_t k = 1; k < n; ++k) {
    polynomial.push_back(polynomial.back() * static_cast<double>(n - 1 + k) / static_cast<double>(k));
  }
  for (double& coefficient : polynomial) coefficient /= polynomial[static_cast<size_t>(n - 1)];
  std::vector<Complex> roots;
  for (int64_t k = 1; k < n; ++k) roots.push_back(0.3 * std::pow(Complex(0.4, 0.9), static_cast<double>(k)));
  constexpr int kRounds = 500;  // many more than it takes for 9 roots
  for (int round = 0; round < kRounds; ++round) {
    for (size_t i = 0; i < roots.size(); ++i) {
      Complex value = 0;
      for (size_t k = polynomial.size(); k-- > 0;) value = value * roots[i] + polynomial[k];
      for (size_t j = 0; j < roots.size(); ++j) value /= j == i ? 1.0 : roots[i] - roots[j];
      roots[i] -= value;
    }
  }
  return roots;
}

// Times 1 - root / z.
void multiply(std::vector<Complex>& polynomial, Complex root) {
  polynomial.push_back(0);
  for (size_t i = polynomial.size(); i-- > 1;) polynomial[i] -= root * polynomial[i - 1];
}

}  // namespace

std::vector<Section> butterworth(Band band, int64_t order, double low_hz, double high_hz, double rate_hz) {
  const auto warped = [&](double hertz) { return kRate * std::tan(pi * hertz / rate_hz); };
  const double low = warped(low_hz);
  const double high = band == Band::kBand ? warped(high_hz) : low;
  const Complex centre = bilinear(Complex(0, std::sqrt(low * high)));
  std::vector<Section> sections;
  for (int64_t k = 0; 2 * k < order; ++k) {
    const Complex prototype =
        -std::polar(1.0, pi * static_cast<double>(order - 1 - 2 * k) / static_cast<double>(2 * order));
    const bool is_single = 2 * k + 1 == order;  // the real one
    if (band == Band::kBand) {
      const std::array<double, 3> numerator = {1, 0, -1};
      const auto [first, second] = band_poles(prototype, low, high);
      if (is_single) {
        sections.push_back(section_of(bilinear(first), bilinear(second), numerator, centre));
      } else {
        for (const Complex pole : {bilinear(first), bilinear(second)}) {
          sections.push_back(section_of(pole, std::conj(pole), numerator, centre));
        }
      }
      continue;
    }
    const double sign = band == Band::kLow ? 1 : -1;
    const Complex pole = bilinear(band == Band::kLow ? prototype * low : low / prototype);
    if (is_single) {
      sections.push_back(section_of(pole.real(), 0, {1, sign, 0}, sign));
    } else {
      sections.push_back(section_of(pole, std::conj(pole), {1, 2 * sign, 1}, sign));
    }
  }
  // Poles near the unit circle last: what they amplify meets no further rounding.
  std::ranges::stable_sort(sections, {}, [](const Section& section) { return section[4]; });
  return sections;
}

std::vector<double> daubechies(int64_t moments) {
  std::vector<Complex> filter = {1};
  for (int64_t i = 0; i < moments; ++i) multiply(filter, -1);
  for (const Complex y : roots_of_product_filter(moments)) {
    // y = (2 - z - 1 / z) / 4, of which the solution within the unit circle is taken.
    const Complex middle = 1.0 - 2.0 * y;
    const Complex root = std::sqrt(middle * middle - 1.0);
    const Complex z = std::abs(middle + root) < 1 ? middle + root : middle - root;
    multiply(filter, z);
  }
  double sum = 0;
  for (const Complex tap : filter) sum += tap.real();
  std::vector<double> taps;
  for (auto tap = filter.rbegin(); tap != filter.rend(); ++tap) taps.push_back(tap->real() * std::numbers::sqrt2 / sum);
  return taps;
}

std::vector<double> quadrature_mirror(const std::vector<double>& low_pass) {
  std::vector<double> high_pass(low_pass.rbegin(), low_pass.rend());
  for (size_t k = 0; k < high_pass.size(); k += 2) high_pass[k] = -high_pass[k];
  return high_pass;
}

}  // namespace tmc::preprocess
