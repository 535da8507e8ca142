# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The report in a real browser: nothing asked of the network, no error on the console, every picture there and right in
its proportions, on a desktop and on a phone, by pointer and by keyboard."""
import io
import json

import numpy
import onnx
import PIL.Image
import playwright.sync_api
import pytest

from conftest import example_model, shared, tinymlc

DESKTOP, PHONE = (1280, 900), (360, 740)
SECTIONS = ["layers", "memory", "flash", "accuracy", "graph"]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_api.sync_playwright() as driver:
        instance = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
                                          timeout=300_000)
        yield instance
        instance.close()


class Opened:
    """A report in a window of its own; remembers what the console said and what was asked of the network."""

    def __init__(self, browser, path, size=DESKTOP, scheme="light"):
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, offline=True)
        self.context.set_default_timeout(300_000)  # where many tests share few cores
        self.page = self.context.new_page()
        self.complaints, self.requests = [], []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("a dialog opened"), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())
        self.data = json.loads(self.page.text_content("#data"))

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        text = self.page.inner_text("body")
        self.context.close()
        if failure is None:
            assert self.complaints == []
            assert [url for url in self.requests if not url.startswith("file:")] == [] and len(self.requests) == 1
            for slip in ("undefined", "NaN", "[object"):
                assert slip not in text, slip

    def pixels(self, selector):
        return numpy.asarray(PIL.Image.open(io.BytesIO(self.page.locator(selector).first.screenshot())).convert("RGB"))

    def colour(self, selector):
        """The background of an element, as in a screenshot."""
        text = self.page.locator(selector).first.evaluate("element => getComputedStyle(element).backgroundColor")
        return [int(part) for part in text[text.index("(") + 1:-1].split(",")[:3]]

    def overflows(self):
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.fixture(scope="module")
def predicted(tmp_path_factory):
    """What compile writes, of the example."""
    folder = tmp_path_factory.mktemp("compiled") / "model"
    tinymlc("compile", example_model(), "--target", "mps2-an500", "-o", folder)
    assert "report.html" in json.loads((folder / "manifest.json").read_text())["files"]
    return folder / "report.html"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    path = tmp_path_factory.mktemp("bench") / "report.html"
    tinymlc("bench", example_model(), "--target", "mps2-an500", "--html", path, "--no-cycles")
    return path


def near(pixels, colour, tolerance=6):
    return numpy.abs(pixels.astype(int) - colour).max(axis=2) <= tolerance


@pytest.mark.parametrize("name", ["vww", "ic_resnet8", "ad", "kws"])
def test_reports_of_real_models_open(name, browser, tmp_path):
    path = tmp_path / "report.html"
    tinymlc("bench", shared(f"models/mlperf_tiny/{name}_int8.tflite"), "--target", "mps2-an500", "--html", path, "--no-cycles")
    assert path.stat().st_size < 500_000
    for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
        with Opened(browser, path, size, scheme) as opened:
            layers = len(opened.data["layers"])
            assert opened.page.locator("#layers button.row").count() == layers
            assert opened.page.locator("#graph .vertex.node").count() == len(opened.data["graph"]["nodes"]) >= layers
            striped = [layer for layer in opened.data["layers"] if layer["stripes"] > 1]
            assert bool(striped) == (name in ("vww", "ic_resnet8")), "stripes are taken where they are worth it"
            assert len(opened.data["steps"]) >= layers + sum(layer["stripes"] - 1 for layer in striped)
            assert opened.page.locator("#layers .tag", has_text="stripes").count() == len(striped)
            assert not opened.overflows()


def test_report_of_every_kind_of_target_opens(browser, tmp_path):
    for target in ("host", "stm32h743vi"):
        path = tmp_path / f"{target}.html"
        tinymlc("bench", example_model(), "--target", target, "--html", path, "--runs", "1")
        with Opened(browser, path) as opened:
            text = opened.page.inner_text("header")
            assert ("Latency" in text) == (target == "host") and ("Flash" in text) == (target != "host")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_sections_stand_below_each_other_within_the_window(size, browser, measured):
    with Opened(browser, measured, size) as opened:
        boxes = [opened.page.locator(f"#{name}").bounding_box() for name in SECTIONS]
        for box in boxes:
            assert box["x"] >= 0 and box["x"] + box["width"] <= size[0] and box["height"] > 100
        for above, below in zip(boxes, boxes[1:]):
            assert above["y"] + above["height"] <= below["y"]
        assert not opened.overflows()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screenshot_shows_bars_as_long_as_the_layers_cost(size, scheme, browser, measured):
    with Opened(browser, measured, size, scheme) as opened:
        instructions = [layer["instructions"]["measured"] for layer in opened.data["layers"]]
        most = max(max(layer["instructions"].values()) for layer in opened.data["layers"])
        blue = opened.colour("#layers .fill.instructions")
        for index in (0, 1, len(instructions) - 2):
            pixels = opened.pixels(f'#layers [data-layer="{index}"] .cell.instructions .track')
            middle = pixels[len(pixels) // 2]
            drawn = near(middle[None], blue).sum()
            assert drawn == pytest.approx(len(middle) * instructions[index] / most, abs=4), index
        page = numpy.asarray(PIL.Image.open(io.BytesIO(opened.page.screenshot())).convert("L"))
        assert (numpy.median(page) > 200) == (scheme == "light")
        assert (numpy.median(page) < 60) == (scheme == "dark")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_screenshot_shows_the_arena_as_it_is_planned(size, browser, measured):
    with Opened(browser, measured, size) as opened:
        arena, steps = opened.data["arena"], len(opened.data["steps"])
        assert opened.page.locator("#memory rect.buffer").count() == len(arena["buffers"])
        pixels = opened.pixels("#memory .plot svg")
        empty = near(pixels, opened.colour("#memory"))
        height, width = empty.shape
        for step in (-1, 0, steps // 2, steps):
            column = empty[:, int((step + 1.5) * width / (steps + 2))]
            for address in numpy.arange(0.02, 1, 0.02) * arena["bytes"]:
                # Not at the very edges of buffers, where the white line between them is.
                margin = 3 * arena["bytes"] / height
                alive = [b for b in arena["buffers"] if b["first"] <= step <= b["last"]]
                if any(abs(address - edge) < margin for b in alive for edge in (b["offset"], b["offset"] + b["bytes"])):
                    continue
                held = any(b["offset"] <= address < b["offset"] + b["bytes"] for b in alive)
                assert column[int(height * (1 - address / arena["bytes"]))] != held, (step, address)
        bound = opened.page.locator("#memory .bound").bounding_box()
        plot = opened.page.locator("#memory .plot svg").bounding_box()
        at = 1 - (bound["y"] - plot["y"]) / plot["height"]
        assert at == pytest.approx(arena["lower_bound_bytes"] / arena["bytes"], abs=0.01)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_clicking_a_node_opens_its_details(size, browser, measured):
    with Opened(browser, measured, size) as opened:
        details = opened.page.locator("#details")
        assert details.is_hidden()
        index, node = next((i, n) for i, n in enumerate(opened.data["graph"]["nodes"]) if n["layer"] > 0)
        layer = opened.data["layers"][node["layer"]]
        opened.page.locator(f'#graph [data-node="{index}"]').click()
        text = details.inner_text()
        for part in (node["op"], node["name"], layer["kernel"], layer["why"], f"{layer['macs']:,}",
                     f"{layer['instructions']['measured']:,}"):
            assert part in text, part
        for value in node["inputs"] + node["outputs"]:
            described = opened.data["graph"]["values"][value]
            assert described["shape"] in text and described["quantization"] in text
        assert opened.page.locator(f'#layers [data-layer="{node["layer"]}"].selected').count() == 1
        box = details.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
        assert not opened.overflows()
        opened.page.get_by_role("button", name="Close").click()
        assert details.is_hidden() and opened.page.locator(".selected").count() == 0


def test_all_is_reached_by_keyboard(browser, measured):
    with Opened(browser, measured) as opened:
        keys = opened.page.keyboard
        focused = lambda attribute: opened.page.evaluate(f"document.activeElement.getAttribute('{attribute}')")
        seen = set()
        for _ in range(200):
            keys.press("Tab")
            if focused("data-buffer") is not None:
                seen.add("buffer")
            if focused("data-layer") is not None:
                seen.add("layer")
            if opened.page.evaluate("document.activeElement.matches('#graph .vertex')"):
                break
        assert seen == {"buffer", "layer"}
        keys.press("ArrowDown")
        assert focused("data-node") == "0"
        keys.press("Enter")
        assert opened.data["graph"]["nodes"][0]["name"] in opened.page.inner_text("#details")
        keys.press("Escape")
        assert opened.page.locator("#details").is_hidden() and focused("data-node") == "0"


def test_buffers_say_with_whom_they_share(browser, measured):
    with Opened(browser, measured) as opened:
        buffers = opened.data["arena"]["buffers"]
        index, together = next(
            (i, j) for i, a in enumerate(buffers) for j, b in enumerate(buffers) if i < j and a["first"] <= b["last"] and
            b["first"] <= a["last"] and a["offset"] < b["offset"] + b["bytes"] and b["offset"] < a["offset"] + a["bytes"])
        opened.page.locator(f'#memory rect[data-buffer="{index}"]').focus()
        opened.page.keyboard.press("Enter")
        text = opened.page.inner_text("#details")
        assert "Runs into, at the same time".upper() in text.upper() and buffers[together]["name"][-20:] in text


def test_layers_sort_by_their_cost(browser, measured):
    with Opened(browser, measured) as opened:
        opened.page.get_by_role("button", name="most instructions").click()
        shown = [int(text) for text in opened.page.locator("#layers li .index").all_inner_texts()]
        costs = [opened.data["layers"][index]["instructions"]["measured"] for index in shown]
        assert costs == sorted(costs, reverse=True) and sorted(shown) == list(range(len(shown)))


def test_compile_writes_a_report_of_what_is_predicted(browser, predicted):
    with Opened(browser, predicted) as opened:
        assert "nothing was run" in opened.page.inner_text("header")
        assert opened.data["instructions"]["measured"] is None and opened.data["flash"]["total"]["predicted"] > 0


HOSTILE = "</script><img src=x onerror=\"document.title='taken'\">&<svg onload=alert(1)>\u202e{{data}}"


def test_names_from_the_model_are_text(browser, tmp_path):
    model = onnx.load(example_model())
    for node in model.graph.node:
        node.name = HOSTILE + node.name
    path = tmp_path / "hostile.onnx"
    onnx.save(model, path)
    tinymlc("compile", path, "--target", "mps2-an500", "-o", tmp_path / "out")
    with Opened(browser, tmp_path / "out" / "report.html") as opened:
        opened.page.locator("#graph .vertex.node").first.click()
        assert "onerror" in opened.page.inner_text("#details")
        assert "\u202e" not in opened.page.inner_text("body")
        assert opened.page.locator("img").count() == 0 and opened.page.title() != "taken"
