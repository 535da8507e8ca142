# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What decoders compute in float32, in numpy and with the same bits: each product and sum is rounded by itself, in the order that
base/math_trigonometric.hpp, function/silu.hpp and contract/norm.hpp say."""
import numpy

F32 = numpy.float32


def polynomial(x, *factors):
    """By Horner, the factor of the highest power first."""
    value = F32(factors[0])
    for factor in factors[1:]:
        value = value * x + F32(factor)
    return value


def norm(x, scale, epsilon=1e-5):
    """RMSNorm of rows, whose squares are added up by fours."""
    sums = numpy.zeros((len(x), 4), F32)
    for begin in range(0, x.shape[1], 4):
        four = x[:, begin:begin + 4]
        sums[:, :four.shape[1]] += four * four
    mean = ((sums[:, 0] + sums[:, 1]) + (sums[:, 2] + sums[:, 3])) / F32(x.shape[1])
    return x * (F32(1) / numpy.sqrt(mean + F32(epsilon)))[:, None] * scale


def sine(x, quarters_ahead=0):
    """Of what is left of an angle when quarters of a turn are taken off, by Cephes' polynomials."""
    quarters = numpy.trunc(x * F32(0.636619772) + numpy.copysign(F32(0.5), x))
    r = ((x - quarters * F32(1.5703125)) - quarters * F32(4.837512969970703125e-4)) - quarters * F32(7.54978995489188216e-8)
    z = r * r
    of_sine = polynomial(z, -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1) * z * r + r
    of_cosine = polynomial(z, 2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2) * z * z - F32(0.5) * z + F32(1)
    quarters = quarters.astype(numpy.int64) + quarters_ahead
    value = numpy.where(quarters & 1, of_cosine, of_sine)
    return numpy.where(quarters & 2, -value, value)


def cosine(x):
    return sine(x, 1)


def silu(x):
    """x / (1 + exp(-x)), the exponential as 2^k times that of the rest."""
    within = numpy.clip(x, F32(-88.73), F32(87))
    k = numpy.rint(within * F32(-1.44269504))
    r = (within + k * F32(0.693359375)) - k * F32(2.12194440e-4)
    rest = polynomial(r, -8.312399e-3, 4.189128e-2, -1.666712e-1, 4.9999225e-1) * (r * r) - r + F32(1)
    return x / (F32(1) + rest * numpy.ldexp(F32(1), k.astype(numpy.int32)))
