# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Features of a sensor's readings against scipy and PyWavelets, in this process and on the emulated board."""
import subprocess
import sys

import numpy
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from boosters import library
from conftest import REFUSED, ROOT, tinymlc, tinymlc_json
from sensors import CHANNELS, RATE, WINDOW, names, readings, run, sensor, write

TARGETS = ["host", "mps2-an500"]
pytestmark = pytest.mark.long

STATISTICS = {
    "mean": lambda x: x.mean(-1), "minimum": lambda x: x.min(-1), "maximum": lambda x: x.max(-1),
    "peak_to_peak": lambda x: numpy.ptp(x, -1), "deviation": lambda x: x.std(-1),
    "rms": lambda x: numpy.sqrt((x ** 2).mean(-1)), "energy": lambda x: (x ** 2).sum(-1),
    "skewness": lambda x: of_moments(x, "skew", 0), "kurtosis": lambda x: of_moments(x, "kurtosis", -3),
    "zero_crossings": lambda x: (numpy.diff(x >= 0, axis=-1)).sum(-1),
    "mean_crossings": lambda x: (numpy.diff(x - x.mean(-1, keepdims=True) >= 0, axis=-1)).sum(-1)}
DENSITIES = [{"window": "boxcar"}, {"window": "hann", "segment": 32}, {"window": "hamming", "segment": 50, "overlap": 10},
             {"window": "blackman", "segment": 33, "fft_points": 64, "remove_mean": False}]


def of_moments(x, name, constant):
    """scipy's, with what stands for a constant signal in place of not-a-number."""
    with numpy.errstate(all="ignore"):
        result = getattr(library("scipy.stats"), name)(x, axis=-1)
    return numpy.where(numpy.ptp(x, -1) == 0, constant, result)


def signals(data):
    """[windows, channels, samples] in double."""
    return data.astype(numpy.float64).transpose(0, 2, 1)


def flat(parts):
    """Features of each channel, the channels one after the other."""
    columns = [numpy.asarray(part)[..., None] if numpy.ndim(part) == 2 else numpy.asarray(part) for part in parts]
    return numpy.concatenate(columns, -1).reshape(len(columns[0]), -1)


def expect(spec, data, expected, tolerance=2e-5, atol=1e-6):
    for target in TARGETS:
        actual = run(spec, data, target=target)["features"].reshape(len(data), -1)
        assert actual.dtype == numpy.float32
        allowed = tolerance * numpy.abs(expected).max(0, keepdims=True) + atol
        worst = (numpy.abs(actual - expected) / allowed).max(0)
        assert (worst <= 1).all(), f"{target}: element {worst.argmax()} is {worst.max()} times as far away as it may be"


def test_statistics(tmp_path):
    data = readings()
    data[2, 5, 0] = 1e4  # an outlier
    data[3, :, 1] = 0.1  # a constant that no float32 is
    spec = write(tmp_path / "s.yaml", sensor=sensor(STATISTICS))
    x = signals(data)
    expect(spec, data, flat([of(x) for of in STATISTICS.values()]))
    assert names(spec, data) == [f"{channel}_{name}" for channel in CHANNELS for name in STATISTICS]


@pytest.mark.parametrize("samples", [1, 2, 3])
def test_short_windows(samples, tmp_path):
    data = readings(window=samples)
    spec = write(tmp_path / "s.yaml", sensor=sensor(STATISTICS, steps=["detrend"], window_samples=samples))
    x = library("scipy.signal").detrend(signals(data)) if samples > 1 else signals(data) * 0
    expected = flat([of(x) for of in STATISTICS.values()])
    if samples > 2:  # little is left but for an offset, which roundings are relative to
        expect(spec, data, expected, tolerance=3e-4)
    else:  # a line through two points leaves nothing but roundings
        assert numpy.isfinite(run(spec, data)["features"]).all()


def test_large_offsets_cost_no_digits(tmp_path):
    data = (readings() * 0.01 + 1000).astype(numpy.float32)
    spec = write(tmp_path / "s.yaml", sensor=sensor(["deviation", "skewness", "kurtosis", "mean_crossings"]))
    x = signals(data)
    expect(spec, data, flat([STATISTICS[name](x) for name in ("deviation", "skewness", "kurtosis", "mean_crossings")]))


# A compiler that takes types for proof of what is read left out the step that reads the first number.
@pytest.mark.parametrize("target", TARGETS)
def test_a_constant_has_no_deviation(target, tmp_path):
    data = readings()
    data[1], data[4] = 0.1, -1e6
    spec = write(tmp_path / "s.yaml", sensor=sensor(["deviation", "skewness"]))
    actual = run(spec, data, target=target)["features"].reshape(len(data), 3, 2)
    assert (actual[[1, 4]] == 0).all() and (actual[[0, 2, 3, 5]] != 0).all()


def test_what_is_no_number_is_seen(tmp_path):
    data = readings()
    data[2, 7, 1] = numpy.nan
    spec = write(tmp_path / "s.yaml", sensor=sensor(["mean", "deviation", "energy", "rms", "skewness"]))
    for target in TARGETS:
        actual = run(spec, data, target=target)["features"].reshape(len(data), 3, -1)
        assert not numpy.isfinite(actual[2, 1]).any(), target
        assert numpy.isfinite(numpy.delete(actual.reshape(-1, actual.shape[-1]), 2 * 3 + 1, 0)).all()


FILTERS = {
    "fir": ({"fir": [0.5, -0.25, 0.125, 2]}, lambda s, x: s.lfilter([0.5, -0.25, 0.125, 2], 1, x)),
    "sos": ({"iir": None}, lambda s, x: s.sosfilt(s.ellip(5, 1, 40, 0.3, output="sos"), x)),
    "low": ({"butterworth": {"kind": "low", "order": 4, "cutoff_hz": 10}},
            lambda s, x: s.sosfilt(s.butter(4, 10, "low", fs=RATE, output="sos"), x)),
    "high": ({"butterworth": {"kind": "high", "order": 5, "cutoff_hz": 2.5}},
             lambda s, x: s.sosfilt(s.butter(5, 2.5, "high", fs=RATE, output="sos"), x)),
    "band": ({"butterworth": {"kind": "band", "order": 3, "cutoff_hz": [5, 20]}},
             lambda s, x: s.sosfilt(s.butter(3, [5, 20], "band", fs=RATE, output="sos"), x)),
    "detrend": ("detrend", lambda s, x: s.detrend(x)),
    "remove_mean": ("remove_mean", lambda s, x: s.detrend(x, type="constant")),
    "scale": ({"scale": [2, -1, 0.5]}, lambda s, x: x * numpy.array([2, -1, 0.5])[:, None]),
    "decimate": ({"decimate": 3}, lambda s, x: x[..., ::3])}


@pytest.mark.parametrize("name", FILTERS)
def test_steps(name, tmp_path):
    signal = library("scipy.signal")
    step, oracle = FILTERS[name]
    if name == "sos":
        step = {"iir": signal.ellip(5, 1, 40, 0.3, output="sos").tolist()}
    data = readings()
    spec = write(tmp_path / "s.yaml", sensor=sensor(["minimum", "maximum", "rms", "zero_crossings"], steps=[step]))
    x = oracle(signal, signals(data))
    x[1] = 0  # what scipy leaves of silence is roundings
    expect(spec, data, flat([STATISTICS[one](x) for one in ("minimum", "maximum", "rms", "zero_crossings")]), atol=2e-5)


def test_steps_follow_one_another(tmp_path):
    signal = library("scipy.signal")
    steps = ["remove_mean", {"butterworth": {"kind": "low", "order": 2, "cutoff_hz": 15}}, {"decimate": 2}, {"scale": 3},
             {"butterworth": {"kind": "high", "order": 1, "cutoff_hz": 5}}]
    data = readings()
    x = signal.sosfilt(signal.butter(2, 15, fs=RATE, output="sos"), signal.detrend(signals(data), type="constant"))
    x = signal.sosfilt(signal.butter(1, 5, "high", fs=RATE / 2, output="sos"), x[..., ::2] * 3)
    spec = write(tmp_path / "s.yaml", sensor=sensor(["rms", "minimum"], steps=steps))
    expect(spec, data, flat([STATISTICS["rms"](x), STATISTICS["minimum"](x)]), atol=2e-5)


def welch(x, how, rate=RATE):
    segment = how.get("segment", x.shape[-1])
    return library("scipy.signal").welch(
        x, rate, window=how["window"], nperseg=segment, noverlap=how.get("overlap", segment // 2),
        nfft=how.get("fft_points"), detrend="constant" if how.get("remove_mean", True) else False)


@pytest.mark.parametrize("how", DENSITIES, ids=lambda how: how["window"])
def test_power_of_bands_and_spectra(how, tmp_path):
    data = readings()
    bands = [[0, 5], [5, 15], [15, 50.1]]
    features = [{"band_power": {"bands": bands, **how}}, {"spectrum": {"low_hz": 10, "high_hz": 30, **how}},
                {"band_power": {"bands": [[2, 40]], "logarithm": True, "floor": 1e-6, **how}}]
    spec = write(tmp_path / "s.yaml", sensor=sensor(features))
    hertz, density = welch(signals(data), how)
    power = [density[..., (hertz >= low) & (hertz < high)].sum(-1) * hertz[1] for low, high in bands + [[2, 40]]]
    inside = (hertz >= 10) & (hertz < 30)
    expect(spec, data, flat(power[:3] + [density[..., inside], numpy.log10(power[3] + 1e-6)]))
    assert names(spec, data)[:4] == ["x_band_power_0_5", "x_band_power_5_15", "x_band_power_15_50.1",
                                     f"x_spectrum_{hertz[inside][0]:.10g}"]


def test_one_segment_is_the_periodogram(tmp_path):
    data = readings()
    spec = write(tmp_path / "s.yaml", sensor=sensor([{"spectrum": {"window": "boxcar"}}]))
    expect(spec, data, flat([library("scipy.signal").periodogram(signals(data), RATE)[1]]))


@pytest.mark.parametrize("count", [1, 3, 30])
def test_peaks(count, tmp_path):
    data = readings()
    how = {"window": "hann", "segment": 64}
    spec = write(tmp_path / "s.yaml", sensor=sensor([{"spectral_peaks": {"count": count, **how}}]))
    hertz, density = welch(signals(data), how)
    expected = numpy.zeros((len(data), len(CHANNELS), 2, count))
    for place in numpy.ndindex(expected.shape[:2]):
        peaks = library("scipy.signal").find_peaks(density[place])[0]
        peaks = peaks[numpy.argsort(-density[place][peaks])][:count]
        expected[place][:, :len(peaks)] = hertz[peaks], density[place][peaks]
    expected[1] = 0  # silence
    expect(spec, data, expected.reshape(len(data), -1))


@pytest.mark.parametrize("mode", ["periodization", "symmetric"])
@pytest.mark.parametrize("wavelet, levels, window", [("haar", 4, 128), ("db2", 3, 101), ("db4", 2, 77), ("db10", 1, 64),
                                                     ("sym4", 2, 90)])
def test_wavelets(wavelet, levels, window, mode, tmp_path):
    pywt = library("pywt")
    data = readings(window=window)
    filters = pywt.Wavelet(wavelet)
    how = {"name": wavelet} if wavelet != "sym4" else {"low_pass": filters.dec_lo, "high_pass": filters.dec_hi}
    statistics = ["energy", "deviation", "maximum"]
    spec = write(tmp_path / "s.yaml", sensor=sensor(
        [{"wavelet": {**how, "levels": levels, "mode": mode, "statistics": statistics}}], window_samples=window))
    parts = pywt.wavedec(signals(data), wavelet, mode=mode, level=levels)
    expect(spec, data, flat([STATISTICS[name](part) for part in parts for name in statistics]), tolerance=5e-5, atol=1e-4)
    assert names(spec, data)[:4] == [f"x_wavelet_a{levels}_energy", f"x_wavelet_a{levels}_deviation",
                                     f"x_wavelet_a{levels}_maximum", f"x_wavelet_d{levels}_energy"]


@pytest.mark.parametrize("target", TARGETS)
def test_integer_readings(target, tmp_path):
    scale = 0.000061
    data = numpy.random.default_rng(3).integers(-32768, 32767, (4, WINDOW, 3)).astype(numpy.int16)
    spec = write(tmp_path / "s.yaml", sensor=sensor(STATISTICS, element="int16", element_scale=scale))
    expected = flat([of(signals(data) * scale) for of in STATISTICS.values()])
    numpy.testing.assert_allclose(run(spec, data, target=target)["features"].reshape(4, -1), expected, rtol=2e-4, atol=1e-5)


def small_model(path, features, dtype=TensorProto.FLOAT):
    rng = numpy.random.default_rng(1)
    weights = numpy_helper.from_array(rng.normal(0, 0.1, (features, 3)).astype(numpy.float32), "w")
    graph = helper.make_graph([helper.make_node("MatMul", ["features_in", "w"], ["sums"]),
                               helper.make_node("Softmax", ["sums"], ["classes"])], "small",
                              [helper.make_tensor_value_info("features_in", dtype, [1, features])],
                              [helper.make_tensor_value_info("classes", dtype, [1, 3])], [weights])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)
    return path


def softmax(sums):
    exponentials = numpy.exp(sums - sums.max(-1, keepdims=True))
    return exponentials / exponentials.sum(-1, keepdims=True)


@pytest.mark.parametrize("target", TARGETS)
def test_readings_are_the_models_input(target, tmp_path):
    data = readings()
    model = small_model(tmp_path / "small.onnx", 6)
    spec = write(tmp_path / "s.yaml", labels=["a", "b", "c"], sensor=sensor(["rms", "deviation"]))
    x = signals(data)
    weights = numpy_helper.to_array(onnx.load(model).graph.initializer[0])
    expected = softmax(flat([STATISTICS["rms"](x), STATISTICS["deviation"](x)]) @ weights)
    actual = run(spec, data, model=model, target=target)["classes"]
    numpy.testing.assert_allclose(actual.reshape(len(data), 3), expected, rtol=1e-5)
    options = ["--preprocess", spec, "--input-type", "features_in=readings", "--target", target]
    report = tinymlc_json("verify", model, *options, "--oracle", "onnxruntime")
    assert report["pass"]


def test_quantised_models_take_readings(tmp_path):
    data = readings(40)
    model = small_model(tmp_path / "small.onnx", 6)
    spec = write(tmp_path / "s.yaml", sensor=sensor(["rms", "deviation"]),
                 anomaly={"kind": "kmeans", "centroids": [[1, 2, 3, 4, 5, 6]]})
    features = run(spec, data)["features"]
    numpy.save(tmp_path / "rows.npy", features)
    options = ["--preprocess", spec, "--quantize", "int8", "--calibrate", tmp_path / "rows.npy"]
    assert tinymlc_json("verify", model, *options, "--input-type", "readings", "--oracle", "onnxruntime")["pass"]
    actual = run(spec, data, *options[2:], model=model)
    assert numpy.abs(actual["classes"] - run(spec, data, model=model)["classes"]).max() < 0.05
    distances = numpy.linalg.norm(features.reshape(len(data), 6) - numpy.arange(1, 7), axis=1)
    numpy.testing.assert_allclose(actual["anomaly"].ravel(), distances, rtol=1e-5)


def test_a_table_holds_the_readings(tmp_path):
    data = readings(3)
    spec = write(tmp_path / "s.yaml", labels=["a", "b", "c"], sensor=sensor(["mean", "rms"]))
    rows = data.reshape(-1, 3)
    (tmp_path / "in.csv").write_text("x,y,z\n" + "\n".join(",".join(map(repr, map(float, row))) for row in rows))
    tinymlc("run", spec, "--input", tmp_path / "in.csv", "-o", tmp_path / "out")
    x = signals(data)
    numpy.testing.assert_allclose(numpy.load(tmp_path / "out/features.npy").reshape(3, -1),
                                  flat([x.mean(-1), STATISTICS["rms"](x)]), rtol=1e-5, atol=1e-6)
    model = small_model(tmp_path / "small.onnx", 6)
    report = tinymlc_json("run", model, "--preprocess", spec, "--input", tmp_path / "in.csv")
    assert report["samples"] == 3 and len(report["classes"]) == 3
    assert report["features"] == [f"{channel}_{name}" for channel in CHANNELS for name in ("mean", "rms")]


def test_generated_header_names_the_features(tmp_path):
    spec = write(tmp_path / "s.yaml", sensor=sensor(["rms"]))
    done = tinymlc("compile", spec, "-o", tmp_path / "code", "--target", "mps2-an500")
    assert "3 features: x_rms, y_rms, z_rms" in done.stdout
    header = (tmp_path / "code/model.hpp").read_text()
    assert '"x_rms"' in header and "kInput0WindowSamples = 128" in header
    model = small_model(tmp_path / "small.onnx", 3)
    done = tinymlc("compile", model, "--preprocess", spec, "-o", tmp_path / "other")
    assert "--input-type readings has the program compute them" in done.stdout


def test_a_recording_verifies_the_features(tmp_path):
    data = readings()
    spec = write(tmp_path / "s.yaml", sensor=sensor(["rms"]))
    numpy.savez(tmp_path / "scipy.npz", readings=data,
                features=STATISTICS["rms"](signals(data)).astype(numpy.float32)[:, None])
    assert tinymlc_json("verify", spec, "--oracle", tmp_path / "scipy.npz", "--target", "mps2-an500")["pass"]
    assert "no runtime reads" in tinymlc("verify", spec, "--oracle", "onnxruntime", code=REFUSED).stderr


REFUSALS = {
    "unknown key 'hop'": sensor(["rms"], hop=3),
    "lists no features": sensor([]),
    "has a feature that is none of": sensor(["loudness"]),
    "has a step that is none of": sensor(["rms"], steps=["smooth"]),
    "makes the feature 'x_rms' twice": sensor(["rms", "rms"]),
    "is no whole number from 1": sensor(["rms"], window_samples=0),
    "windows of": sensor(["rms"], window_samples=1 << 20),
    "no list of 1 to 64 different names": sensor(["rms"], channels=["a", "a"]),
    "not one number, nor one a channel": sensor(["rms"], steps=[{"scale": [1, 2]}]),
    "not within the unit circle": sensor(["rms"], steps=[{"iir": [[1, 0, 0, 1, -2, 1]]}]),
    "with cutoffs that do not lie between": sensor(["rms"], steps=[{"butterworth": {"cutoff_hz": 50}}]),
    "cannot tell from the unit circle": sensor(["rms"], steps=[{"butterworth": {"order": 8, "cutoff_hz": 1e-4}}]),
    "no bin of the spectrum": sensor([{"band_power": {"bands": [[60, 70]]}}]),
    "key 'segment'": sensor([{"band_power": {"bands": [[0, 9]], "segment": 500}}]),
    "key 'overlap'": sensor([{"band_power": {"bands": [[0, 9]], "segment": 50, "overlap": 50}}]),
    "is none of haar": sensor([{"wavelet": {"name": "sym4"}}]),
    "has 9 levels": sensor([{"wavelet": {"name": "db4", "levels": 9}}])}


@pytest.mark.parametrize("words", REFUSALS)
def test_refusals(words, tmp_path):
    spec = write(tmp_path / "s.yaml", sensor=REFUSALS[words])
    assert words in tinymlc("inspect", spec, code=REFUSED).stderr


def test_models_that_do_not_fit_are_refused(tmp_path):
    spec = write(tmp_path / "s.yaml", sensor=sensor(["rms"]))
    model = small_model(tmp_path / "small.onnx", 5)
    options = ["--preprocess", spec, "--input-type", "readings"]
    assert "makes 3 features" in tinymlc("inspect", model, *options, code=REFUSED).stderr
    image = write(tmp_path / "i.yaml", image={"color": "gray"})
    assert "the part 'sensor'" in tinymlc("inspect", model, "--preprocess", image, *options[2:], code=REFUSED).stderr
    assert "no part 'sensor'" in tinymlc("inspect", image, code=REFUSED).stderr
    assert "nothing to quantise" in tinymlc("compile", spec, "--quantize", "int8", "--calibrate", model, "-o",
                                            tmp_path / "code", code=REFUSED).stderr


@pytest.mark.parametrize("target", TARGETS)
def test_example(target, tmp_path):
    example = ROOT / "examples/vibration"
    subprocess.run([sys.executable, example / "make_data.py", tmp_path], check=True)
    report = tinymlc_json("run", example / "vibration.onnx", "--preprocess", example / "vibration.yaml", "--input",
                          tmp_path / "readings.csv", "--target", target)
    assert [classes[0]["label"] for classes in report["classes"]] == ["normal", "imbalance", "bearing"]
    assert [one["is_above"] for one in report["anomaly"]] == [False, True, True]
