// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The stages of portable/detail/rfft_s16.hpp on words of a real and an imaginary lane. The first stage, of radix 4 or
// 2, reads the samples and writes to where the later ones want its sums. A twiddle of 1 takes no product: 32767 times
// what was divided by 2 or 4 is rounded to that again.

#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/armv7em/detail/reversed_digits.hpp"
#include "tmc/kernels/portable/detail/rfft_s16.hpp"

namespace tmc::kernels::armv7em::rfft {

using portable::rfft::pair_bits;

constexpr int32_t first_radix(int32_t bits) {
  return bits % 2 == 0 ? 4 : 2;
}
// Words of the twiddles of the later stages, three for each pair but the first of the spectra that a stage joins.
constexpr int32_t stage_turns(int32_t bits) {
  int32_t words = 0;
  for (int32_t m = first_radix(bits); m < 1 << bits; m *= 4) words += 3 * (m - 1);
  return words;
}

inline int32_t load(const int16_t* pairs, int32_t at) {
  return load_word(pairs + 2 * at);
}
inline void store(int16_t* pairs, int32_t at, int32_t word) {
  store_word(word, pairs + 2 * at);
}

template <int kDivisor>
int32_t divided(int32_t re, int32_t im) {
  constexpr int32_t kFactor = 2 * (INT16_MAX / kDivisor);
  return pkhtb(smlabb(re, kFactor, 1 << 15), smlatb(im, kFactor, 1 << 15));
}
template <int kDivisor>
int32_t divided(int32_t word) {
  return divided<kDivisor>(word, word);
}
// Of products with a twiddle, before 15 bits are taken off.
inline int32_t product_re(int32_t word, int32_t turn) {
  return smlsd(word, turn, 1 << 14);
}
inline int32_t product_im(int32_t word, int32_t turn) {
  return smladx(word, turn, 1 << 14);
}
inline int32_t product(int32_t word, int32_t turn) {
  return pack_shifted<15>(product_re(word, turn) >> 15, product_im(word, turn));
}

// Four sums, `apart` words from one another.
template <bool kInverse>
void join_4(int32_t a, int32_t b, int32_t c, int32_t d, int32_t apart, int16_t* pairs) {
  const int32_t even = sadd16(a, c);
  const int32_t odd = sadd16(b, d);
  const int32_t even_less = ssub16(a, c);
  const int32_t less = ssub16(b, d);
  store(pairs, 0, sadd16(even, odd));
  store(pairs, apart, kInverse ? sasx(even_less, less) : ssax(even_less, less));
  store(pairs, 2 * apart, ssub16(even, odd));
  store(pairs, 3 * apart, kInverse ? ssax(even_less, less) : sasx(even_less, less));
}

// Samples of a frame as pairs; behind its end there are zeros.
struct Frame {
  const int16_t* samples;
  int32_t count;

  int32_t whole_pairs() const { return count / 2; }
  int32_t pair(int32_t at) const {
    if (at < whole_pairs()) return load(samples, at);
    return 2 * at < count ? pack_bottoms(samples[2 * at], 0) : 0;
  }
};

template <bool kInverse, int32_t kRadix, typename Point>
void first_group(int32_t at, int32_t apart, Point point, int16_t* to) {
  if constexpr (kRadix == 4) {
    join_4<kInverse>(divided<4>(point(at)), divided<4>(point(at + apart)), divided<4>(point(at + 2 * apart)),
                     divided<4>(point(at + 3 * apart)), 1, to);
  } else {
    const int32_t a = divided<2>(point(at));
    const int32_t b = divided<2>(point(at + apart));
    store(to, 0, sadd16(a, b));
    store(to, 1, ssub16(a, b));
  }
}

// Four groups that follow one another in the frame lie a quarter of the pairs apart.
template <bool kInverse, int32_t kRadix>
void first_stage(const Frame& frame, int32_t bits, int16_t* pairs) {
  const int32_t apart = (1 << bits) / kRadix;
  const int32_t whole = frame.whole_pairs() - (kRadix - 1) * apart;  // groups without zeros
  const int32_t turn = apart < 4 ? apart : 4;
  const int32_t digits = apart < 4 ? 0 : (bits - 1) / 2 - 1;
  for (int32_t first = 0; first < apart; first += turn) {
    int16_t* to = pairs + 2 * kRadix * reversed_digits(first / 4, digits);
    for (int32_t at = first; at < first + turn; ++at, to += (2 << bits) / 4) {
      if (at < whole) {
        first_group<kInverse, kRadix>(
            at, apart, [&](int32_t i) { return load(frame.samples, i); }, to);
      } else {
        first_group<kInverse, kRadix>(
            at, apart, [&](int32_t i) { return frame.pair(i); }, to);
      }
    }
  }
}

// Pairs 1 to m - 1 of four spectra of m pairs. `turns`: three for each.
template <bool kInverse>
void join_turned(int32_t m, const int16_t* turns, int16_t* pairs) {
#if TMC_ARMV7EM_ASSEMBLY
  int16_t *a = pairs + 2, *b = a + 2 * m, *c = b + 2 * m, *d = c + 2 * m;
  int32_t factor_and_left = ((m - 2) << 16) + 2 * (INT16_MAX / 4);
  int32_t x, y, z, u, v;
  // A pair is divided and turned: "x" becomes its product with the next twiddle.
#define TMC_RFFT_TURN(x)         \
  "smlabb %[u], " x              \
  ", %[factor], %[half]\n\t"     \
  "smlatb " x ", " x             \
  ", %[factor], %[half]\n\t"     \
  "ldr %[v], [%[turns]], #4\n\t" \
  "pkhtb " x ", " x              \
  ", %[u], asr #16\n\t"          \
  "smlsd %[u], " x               \
  ", %[v], %[quarter]\n\t"       \
  "smladx " x ", " x             \
  ", %[v], %[quarter]\n\t"       \
  "asr %[u], %[u], #15\n\t"      \
  "pkhbt " x ", %[u], " x ", lsl #1\n\t"
  asm volatile(
      "1:\n\t"
      "ldr %[x], [%[b]]\n\t"
      "ldr %[y], [%[c]]\n\t"
      "ldr %[z], [%[d]]\n\t"  //
      TMC_RFFT_TURN("%[x]") TMC_RFFT_TURN("%[y]") TMC_RFFT_TURN("%[z]")
      "ldr %[v], [%[a]]\n\t"
      "sadd16 %[u], %[x], %[z]\n\t"
      "ssub16 %[x], %[x], %[z]\n\t"
      "smlabb %[z], %[v], %[factor], %[half]\n\t"
      "smlatb %[v], %[v], %[factor], %[half]\n\t"
      "pkhtb %[v], %[v], %[z], asr #16\n\t"
      "sadd16 %[z], %[v], %[y]\n\t"
      "ssub16 %[y], %[v], %[y]\n\t"
      "sadd16 %[v], %[z], %[u]\n\t"
      "ssub16 %[u], %[z], %[u]\n\t"
      "ssax %[z], %[y], %[x]\n\t"
      "sasx %[x], %[y], %[x]\n\t"
      "str %[v], [%[a]], #4\n\t"
      "str %[u], [%[c]], #4\n\t"
      ".if %c[inverse]\n\t"
      "str %[x], [%[b]], #4\n\t"
      "str %[z], [%[d]], #4\n\t"
      ".else\n\t"
      "str %[z], [%[b]], #4\n\t"
      "str %[x], [%[d]], #4\n\t"
      ".endif\n\t"
      "subs %[factor], %[factor], #65536\n\t"
      "bpl 1b"
      : [a] "+r"(a), [b] "+r"(b), [c] "+r"(c), [d] "+r"(d), [turns] "+r"(turns), [factor] "+r"(factor_and_left),
        [x] "=&r"(x), [y] "=&r"(y), [z] "=&r"(z), [u] "=&r"(u), [v] "=&r"(v)
      : [half] "r"(1 << 15), [quarter] "r"(1 << 14), [inverse] "i"(kInverse ? 1 : 0)
      : "cc", "memory");
#undef TMC_RFFT_TURN
#else
  for (int32_t k = 1; k < m; ++k, turns += 6) {
    const auto part = [&](int32_t i) { return divided<4>(load(pairs, i * m + k)); };
    join_4<kInverse>(part(0), product(part(1), load(turns, 0)), product(part(2), load(turns, 1)),
                     product(part(3), load(turns, 2)), m, pairs + 2 * k);
  }
#endif
}

// A group of four spectra, m at least 2.
template <bool kInverse>
void join_spectra(int32_t m, const int16_t* turns, int16_t* pairs) {
  const auto part = [&](int32_t i) { return divided<4>(load(pairs, i * m)); };
  join_4<kInverse>(part(0), part(1), part(2), part(3), m, pairs);
  join_turned<kInverse>(m, turns, pairs);
}

template <bool kInverse>
void run_stages(const Frame& frame, int32_t bits, const int16_t* turns, int16_t* pairs) {
  const int32_t count = 1 << bits;
  if (bits % 2 == 0) {
    first_stage<kInverse, 4>(frame, bits, pairs);
  } else {
    first_stage<kInverse, 2>(frame, bits, pairs);
  }
  for (int32_t m = first_radix(bits); m < count; m *= 4) {
    for (int32_t at = 0; at < count; at += 4 * m) join_spectra<kInverse>(m, turns, pairs + 2 * at);
    turns += 6 * (m - 1);
  }
}

// Half the sum and half the difference of a bin and the conjugate of the one that mirrors it, each divided by 2. None
// leaves its lane.
struct Halves {
  int32_t even, odd;
};
inline Halves halves_of(int32_t bin, int32_t mirrored) {
  const int32_t a = divided<2>(bin);
  const int32_t b = divided<2>(mirrored, ssub16(0, mirrored));
  return {sadd16(a, b), ssub16(a, b)};
}

// The bins of twice as many real samples from the transform of their pairs, in place; there is one more behind. A
// product of twiddles may leave a lane before it is halved.
inline void separate(int16_t* pairs, int32_t count, const int16_t* turns) {
  const int32_t sums = divided<2>(load(pairs, 0));
  store(pairs, 0, pack_bottoms(bottom(sums) + top(sums), 0));
  store(pairs, count, pack_bottoms(bottom(sums) - top(sums), 0));
  int16_t* near = pairs;
  int16_t* far = pairs + 2 * count;
  for (int32_t k = 0; k < count / 2; ++k, turns += 2) {
    near += 2;
    far -= 2;
    const Halves halves = halves_of(load(near, 0), load(far, 0));
    const int32_t turn = load(turns, 0);
    const int32_t re = product_re(halves.odd, turn) >> 15;
    const int32_t im = product_im(halves.odd, turn) >> 15;
    const int32_t even_re = bottom(halves.even);
    const int32_t even_im = top(halves.even);
    store(near, 0, pack_shifted<1>((even_re + re) >> 1, even_im + im));
    store(far, 0, pack_shifted<1>((even_re - re) >> 1, im - even_im));
  }
}

// `output` has room for 2^bits + 1 pairs.
inline void transform(const int16_t* frame, int32_t samples, int32_t bits, const int16_t* turns, int16_t* output) {
  run_stages<false>({frame, samples}, bits, turns, output);
  separate(output, 1 << bits, turns + 2 * stage_turns(bits));
}

// The pairs of which the bins are those of twice as many real samples.
inline void join(const int16_t* bins, int32_t count, const int16_t* turns, int16_t* pairs) {
  const int32_t first = bins[0], last = bins[2 * count];
  store(pairs, 0, divided<2>(pack_bottoms(first + last, first - last)));
  for (int32_t k = 1; k <= count / 2; ++k, turns += 2) {
    const Halves halves = halves_of(load(bins, k), load(bins, count - k));
    const int32_t odd = product(halves.odd, load(turns, 0));
    store(pairs, k, sadd16(halves.even, odd));
    store(pairs, count - k, pack_bottom_and_top(ssub16(halves.even, odd), ssub16(odd, halves.even)));
  }
}

// `pairs` has room for 2^bits of them.
inline void inverse(const int16_t* bins, int32_t bits, const int16_t* turns, int16_t* pairs, int16_t* output) {
  const int32_t count = 1 << bits;
  join(bins, count, turns + 2 * stage_turns(bits), pairs);
  run_stages<true>({pairs, 2 * count}, bits, turns, output);
}

}  // namespace tmc::kernels::armv7em::rfft
