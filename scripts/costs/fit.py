# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Fits what the kernel implementations of a target cost on generated layers, and writes src/tmc/targets/data/cost/CORE.yaml.

An implementation's instructions are linear in its features (kernels/ISA/cost), by least squares on the relative error, in each of four
forms: compiled for speed or for size, as an instance of its own or shared. See docs/cost-model.md."""
import argparse
import collections
import json
import pathlib
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from choice import by_implementation, described, of_one_kind
from layers import busy_layer, is_clamped
from measure import ROOT, measure, predict, tinymlc, write_model
from merge import merged, read
from onnx_layers import is_onnx

FORMS = {"fast_specialised": ("speed", True), "fast_shared": ("balanced", False), "small_specialised": ("size", True),
         "small_shared": ("size", False)}
# What busy layers run on, and with it what they call: beside convolutions, and beside all others.
BUSY_PRODUCTS = ("armv7em/fully_connected_s8",)
BUSY_CONVOLUTIONS = ("armv7em/conv2d_s8", "armv7em/conv2d_s8_pixels", "armv7em/conv2d_s8_pixels_once")
BUSY = BUSY_PRODUCTS + BUSY_CONVOLUTIONS
PREPARING = ("quantize_dynamic",)  # kernels that another of the same layer brings with it
MIXED = 24  # images with one layer of each implementation, which a size build specialises: twice as many as most implementations have features
DAMPING = 1e-3
PLAIN_PART, CLAMPED_PART = "-plain", "-clamped"
HARD = 0.08  # an implementation that is further off than this needs better features


def stale(table, implementations):
    """The implementations, each with its features and forms, that the table lacks a row of, or has one of other features."""
    forms = read(table)[1]
    rows = {form: place["implementations"] for form, place in forms.items()}
    return {name for name, (features, exist) in implementations.items()
            if any(name not in rows[form] or len(coefficients_in(rows[form][name])) != features for form in exist)}


def coefficients_in(row):
    return json.loads(row.split("coefficients: ", 1)[1].split("]")[0] + "]")


def jobs_of(folder, implementations, names, target):
    """(form, implementation, path, instruction sets) of every image; the implementation is None where the image counts for all that it has.
    Of implementations that are not in `names` only what they call is asked for."""
    for name, (isa, everything) in implementations.items():
        for index, layers in enumerate(of_one_kind(everything)):
            if len(layers) == 1:
                continue
            label = f"{name.replace('/', '-')}{index}"
            together = write_model(folder, label, layers)
            for part, model in parts_of(folder, label, layers) if index == 0 else [("", together)]:
                yield "fast_specialised", name, model, isa
            if name not in names:
                break
            yield "small_shared", name if has_size_form(together, name, target, isa) else None, together, isa
            if index == 0:
                macs = predict(together, target, isa, "speed")["macs"]
                busy = write_model(folder, f"{label}-busy", [*layers, busy_layer("conv2d" in name, macs, is_onnx(layers[0]))])
                yield "fast_shared", name, busy, isa
    for isa in sorted({isa for isa, _ in implementations.values()}):
        main = {name: of_one_kind(layers)[0] for name, (needed, layers) in implementations.items()
                if needed == isa and name in names and name.split("/")[1] not in PREPARING}
        for onnx in (False, True):
            of_format = [layers for layers in main.values() if is_onnx(layers[0]) == onnx]
            for i in range(MIXED) if of_format else ():
                share = i / (MIXED - 1)  # from the cheapest to the dearest of every implementation
                mixed = [layers[round(share * (len(layers) - 1))] for layers in of_format]
                yield "small_specialised", None, write_model(folder, f"mixed-{isa.replace(',', '-')}{i}-{onnx}", mixed), isa


def parts_of(folder, label, layers):
    """Layers without an activation, and those with one: what only these call is not in every image."""
    for part, those in ((PLAIN_PART, [layer for layer in layers if not is_clamped(layer)]),
                        (CLAMPED_PART, [layer for layer in layers if is_clamped(layer)])):
        if those:
            yield part, write_model(folder, label + part, those)


def has_size_form(model, name, target, isa):
    """Not of an implementation that spends flash on speed: builds for size take another for its layers."""
    return any(step["kernel"] == name for step in predict(model, target, isa, "size")["layers"])


def nonnegative_least_squares(system, wanted):
    """Lawson and Hanson, Solving Least Squares Problems, chapter 23."""
    solution, active = np.zeros(system.shape[1]), []
    for _ in range(10 * len(solution)):
        gain = system.T @ (wanted - system @ solution)
        gain[active] = -np.inf
        if gain.max() < 1e-9:
            break
        active.append(int(gain.argmax()))
        while True:
            inner, *_ = np.linalg.lstsq(system[:, active], wanted, rcond=None)
            if inner.min() > 0:
                break
            # As far towards it as no coefficient falls below zero; those that reach it leave.
            now = solution[active]
            falling = inner <= 0
            now += np.min(now[falling] / (now[falling] - inner[falling])) * (inner - now)
            solution[:] = 0
            solution[active] = now
            active = [i for i in active if solution[i] > 1e-12]
        solution[:] = 0
        solution[active] = inner
    return solution


def fit_features(features, wanted):
    """Coefficients, none negative, of a constant and the features: least squares on the relative error. Returns them with the
    errors."""
    features = np.array([[1.0, *these] for these in features])
    measured = np.array(wanted, float)
    relative = features / measured[:, None]
    scale = np.maximum(np.linalg.norm(relative, axis=0), 1e-30)
    # A little weight on every coefficient decides where the layers do not.
    system = np.vstack([relative / scale, DAMPING * np.eye(len(scale))])
    coefficients = nonnegative_least_squares(system, np.concatenate([np.ones(len(measured)), np.zeros(len(scale))])) / scale
    return coefficients, features @ coefficients / measured - 1


def rounded_up(error, digits=3):
    return float(np.ceil(error * 10 ** digits) / 10 ** digits)


def fill_unseen(forms):
    """A feature that no layer of a form has is taken from the first form where one has it."""
    for table in forms.values():
        for name, implementation in table["implementations"].items():
            others = [other["implementations"][name] for other in forms.values() if name in other["implementations"]]
            for feature in np.flatnonzero(~implementation["seen"]):
                implementation["coefficients"][feature] = next((other["coefficients"][feature] for other in others if other["seen"][feature]), 0.0)


def print_unseen(forms):
    for name, implementation in forms["fast_specialised"]["implementations"].items():
        unseen = [feature for feature in range(len(implementation["seen"]))
                  if not any(form["implementations"][name]["seen"][feature] for form in forms.values() if name in form["implementations"])]
        if unseen:
            print(f"{name}: no generated layer has the features {unseen}")


def rounded(coefficients):
    return [float(f"{coefficient:.4g}") for coefficient in coefficients]


class Fit:
    """The table in the making, from what was measured of one target."""

    def __init__(self, measured, names):
        self.measured = measured  # form: {implementation: [Measured]}, of small_specialised all images for each implementation
        self.names = names  # of implementations to fit; others are measured for what they call
        everything = [image for implementations in measured.values() for images in implementations.values() for image in images]
        self.board = set.intersection(*(set(image.others) for image in everything))
        self.least_rest = min(image.code_besides_symbols() for image in everything)
        plain_images = [image for image in everything if image.model.parent.name.endswith(PLAIN_PART)]
        self.plain_helpers = {name for image in plain_images for name in image.others}
        self.image_bytes = self.least_rest + max(sum(image.others[name] for name in self.board) for image in everything)

    def implementation(self, form, name):
        specialised, images = FORMS[form][1], self.measured[form][name]
        samples = [sample for image in images for sample in image.layers(name, specialised)]
        coefficients, errors = fit_features([features for features, _, _ in samples], [count for _, count, _ in samples])
        code = [(image.prediction["instances"][i], image.own.get(i, 0), image.features_of(i))
                for image in images for i in image.instances(name, specialised)]
        rest = sum(image.code_besides_symbols() - self.least_rest for image in images) / sum(len(image.own) for image in images)
        sizes = [size + rest for _, size, _ in code]
        seen = np.any([features for features, _, _ in samples], axis=0)
        result = {"base": round(coefficients[0], 1), "coefficients": rounded(coefficients[1:]), "error": rounded_up(np.abs(errors).max()),
                  "samples": samples, "errors": errors, "seen": seen, "code_bytes": round(float(np.mean(sizes)), 1)}
        if specialised:
            code_coefficients, code_errors = fit_features([np.array(features) > 0 for _, _, features in code], sizes)
            result |= {"code_bytes": round(code_coefficients[0], 1), "code_coefficients": rounded(code_coefficients[1:])}
        else:
            code_errors = result["code_bytes"] / np.array(sizes) - 1
        return result | {"code_error": rounded_up(np.abs(code_errors * sizes).max(), 1)}

    def helpers(self, form, name):
        """Bytes of what the implementation's instances call, by function; constant parts of the image are not among them."""
        found = {}
        only = self.helpers("fast_specialised", name) if form == "small_specialised" else None
        images = self.measured[form][name]
        if form == "fast_specialised":  # of several kinds of layers the first is what a model is expected to have
            images = [image for image in images if image.model.parent.name.endswith((PLAIN_PART, CLAMPED_PART))] or images[:1]
        for image in images:
            for helper, size in image.others.items():
                if helper not in self.board and (only is None or helper in only):
                    found[helper] = max(found.get(helper, 0), size)
        return found

    def rare(self, name):
        """The feature that only layers with an activation have, and what only they call where they are specialised."""
        parts = {image.model.parent.name.rpartition("-")[2]: image for image in self.measured["fast_specialised"][name]}
        plain_part, clamped = parts.get(PLAIN_PART[1:]), parts.get(CLAMPED_PART[1:])
        if not plain_part or not clamped:
            return None, set()
        without, those = (np.array([features for features, *_ in image.layers(name, True)]) > 0 for image in (plain_part, clamped))
        shares = np.where(without.any(axis=0), 0, those.mean(axis=0))
        return (int(shares.argmax()), set(clamped.others) - self.plain_helpers) if shares.any() else (None, set())

    def run(self, form):
        """Bytes of the calling function without a step and for each."""
        points = np.array([[len(image.prediction["layers"]), image.run_bytes]
                           for images in self.measured[form].values() for image in images], float)
        if np.ptp(points[:, 0]) == 0:  # of many steps each
            return 0.0, float((points[:, 1] / points[:, 0]).mean())
        slope, start = np.polyfit(points[:, 0], points[:, 1], 1)
        return max(float(start), 0.0), float(slope)

    def form(self, form):
        has_layer = {name: any(any(True for _ in image.layers(name, FORMS[form][1])) for image in images)
                     for name, images in self.measured[form].items() if name in self.names}
        for name in (name for name, has in has_layer.items() if not has):
            print(f"{name}: no generated layer is {form}, there is no row of it")
        implementations = {name: self.implementation(form, name) for name, has in has_layer.items() if has}
        helpers = {name: self.helpers(form, name) for name in implementations}
        if form == "fast_shared":  # not those of the busy layer, which every image of this form has
            for name, found in helpers.items():
                own = self.helpers("fast_specialised", name)
                busy = [other for other in (BUSY_PRODUCTS if "conv2d" in name else BUSY_CONVOLUTIONS)
                        if other in self.measured["fast_specialised"]]
                for helper in {helper for other in busy for helper in self.helpers("fast_specialised", other)} - own.keys():
                    found.pop(helper, None)
        run_bytes, step_bytes = self.run(form)
        rare = {name: self.rare(name) for name in implementations} if FORMS[form][1] else {}
        return {"run_bytes": round(run_bytes, 1), "step_bytes": round(step_bytes, 1), "implementations": implementations, "helpers": helpers,
                "rare": rare}


def plain(name):
    return name.split("kernels::", 1)[-1].split("(")[0].split("<")[0]


def template_arguments(name):
    """What tells functions of the same plain name apart, also from those of another fit."""
    found = re.search(r"<.*>", name.split("(")[0])
    return re.sub(r"\w+::", "", found.group()) if found else ""


def shared_names(helpers, known, rare):
    """Functions that several implementations call, or whose names are known, keep a name; those of one implementation are lumped together under
    the implementation's."""
    users = collections.Counter(name for found in helpers.values() for name in found)
    users += collections.Counter(name for name in users if plain(name) in known or name in rare)
    sizes, lists = {}, {}
    for implementation, found in helpers.items():
        own = sum(size for name, size in found.items() if users[name] == 1)
        lists[implementation] = sorted(name for name in found if users[name] > 1)
        if own:
            sizes[implementation] = own
            lists[implementation].append(implementation)
        for name in lists[implementation]:
            if name != implementation:
                sizes[name] = max(sizes.get(name, 0), found[name])
    short = {name: name if name in lists else plain(name) for name in sizes}
    short |= {name: label + template_arguments(name) for name, label in short.items() if name not in lists}
    taken = collections.Counter(short.values())
    numbered = {name: label if taken[label] == 1 else f"{label}#{sorted(n for n in sizes if short[n] == label).index(name)}"
                for name, label in short.items()}
    lists = {implementation: [numbered[name] for name in names] for implementation, names in lists.items()}
    return {numbered[name]: size for name, size in sizes.items()}, lists, numbered


def text_of(forms, image_bytes, old):
    """`old`: the table as it was."""
    quoted = json.dumps
    lines = ["# Copyright 2026 The tinymlc authors.", "# SPDX-License-Identifier: Apache-2.0",
             "# Written by scripts/fit_costs; docs/cost-model.md says what it means."]
    lines += ["image_bytes:"] + [f"  {target}: {size}" for target, size in sorted(image_bytes.items())]
    for form, table in forms.items():
        known = {name.strip('"') for name in old[form]["helpers"]} if form in old else set()
        rare = {name: helpers for name, (_, helpers) in table["rare"].items()}
        sizes, lists, labels = shared_names(table["helpers"], known, set().union(*rare.values()))
        lines += [f"{form}:", f"  run_bytes: {table['run_bytes']}", f"  step_bytes: {table['step_bytes']}", "  helpers:"]
        lines += [f"    {quoted(name)}: {size}" for name, size in sorted(sizes.items())] or ["    {}"]
        lines.append("  implementations:")
        for name, implementation in table["implementations"].items():
            seldom = {labels[helper] for helper in rare.get(name, ()) if helper in labels} & set(lists[name])
            helpers = ", ".join(quoted(helper) for helper in lists[name] if helper not in seldom)
            seldom_text = f"rare_feature: {table['rare'][name][0]}, rare_helpers: {json.dumps(sorted(seldom))}, " if seldom else ""
            lines.append(f"    {name}: {{base: {implementation['base']}, coefficients: {implementation['coefficients']}, code_bytes: {implementation['code_bytes']}, "
                         + (f"code_coefficients: {implementation['code_coefficients']}, " if "code_coefficients" in implementation else "") +
                         f"error: {implementation['error']}, code_error: {implementation['code_error']}, "
                         f"{seldom_text}helpers: [{helpers}]}}")
    return "\n".join(lines) + "\n"


def print_errors(forms, verbose):
    print(f"{'body':<40}{'form':<20}{'layers':>7}{'rms %':>7}{'worst %':>8}{'code':>7}{'+- bytes':>10}")
    for form, table in forms.items():
        for name, implementation in table["implementations"].items():
            errors = implementation["errors"]
            mark = "  <- features" if implementation["error"] > HARD else ""
            print(f"{name:<40}{form:<20}{len(errors):>7}"
                  f"{100 * np.sqrt(np.mean(errors ** 2)):>7.1f}{100 * implementation['error']:>8.1f}{implementation['code_bytes']:>7.0f}"
                  f"{implementation['code_error']:>10.0f}{mark}")
            if verbose and mark:
                for (_, measured, layer), error in zip(implementation["samples"], errors):
                    print(f"    {layer:<40}{measured:>12}{100 * error:>8.1f}")


def other_boards(target, reference, model):
    """Bytes of the other boards of this core, by what an image of the same model takes more or less."""
    core = described(target)["core"]
    sizes = {}
    for entry in tinymlc("targets"):
        if entry["core"] == core and entry["name"] != target:
            sizes[entry["name"]] = (tinymlc("bench", model, "--target", entry["name"])["flash_bytes"]["code"]
                                    - tinymlc("bench", model, "--target", target)["flash_bytes"]["code"] + reference)
    return sizes


def wanted(implementations, words, table, folder, target):
    """The names of the implementations to fit: all, those of which a word is part, or, for "stale", those without a fit that holds."""
    if words == ["stale"]:
        return stale(table, {name: features_and_forms(folder, name, isa, layers, target) for name, (isa, layers) in implementations.items()})
    return {name for name in implementations if any(word in name for word in words or [""])}


def features_and_forms(folder, name, isa, layers, target):
    """How many features an implementation has, and the forms in which it can be. Looks at all layers, since one alone may leave no room
    for the scratch that it takes."""
    model = write_model(folder, "terms", of_one_kind(layers)[0])
    features = next((len(step["terms"]) for step in predict(model, target, isa, "speed")["layers"] if step["kernel"] == name), None)
    if features is None:
        raise SystemExit(f"{name} is chosen for none of the {len(layers)} layers that are there to fit it on")
    has_size = has_size_form(model, name, target, isa)
    return features, [form for form, (optimize, _) in FORMS.items() if has_size or optimize != "size"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", default="mps2-an500")
    parser.add_argument("--only", metavar="WORD", nargs="+", default=[],
                        help="fit the implementations whose names hold one of these, or `stale` ones, which the table does not have "
                        "or has with another number of features; keep the rows of others")
    parser.add_argument("--verbose", action="store_true", help="the layers of implementations that fit badly")
    arguments = parser.parse_args()
    path = ROOT / f"src/tmc/targets/data/cost/{described(arguments.target)['core']}.yaml"
    old = path.read_text() if path.exists() else ""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        implementations = by_implementation(folder, arguments.target)
        names = wanted(implementations, arguments.only, old, folder, arguments.target)
        print(f"fitting {len(names)} of {len(implementations)} implementations: {' '.join(sorted(names))}", flush=True)
        jobs = list(jobs_of(folder, {name: implementations[name] for name in implementations if name in names or name in BUSY}, names, arguments.target))
        images = pool.map(lambda job: measure(job[2], arguments.target, job[3], FORMS[job[0]][0]), jobs)
        measured = {form: collections.defaultdict(list) for form in FORMS}
        for done, ((form, name, *_), image) in enumerate(zip(jobs, images)):
            print(f"{done + 1} of {len(jobs)} images", end="\r", flush=True)
            for implementation in [name] if name else sorted({layer["kernel"] for layer in image.prediction["layers"]}):
                measured[form][implementation].append(image)
        fit = Fit(measured, names)
        forms = {form: fit.form(form) for form in FORMS}
        fill_unseen(forms)
        boards = other_boards(arguments.target, fit.image_bytes, jobs[0][2])
    path.parent.mkdir(exist_ok=True)
    text = text_of(forms, {arguments.target: fit.image_bytes, **boards}, read(old)[1] if arguments.only else {})
    path.write_text(merged(old, text, names) if arguments.only else text)
    print_errors(forms, arguments.verbose)
    print_unseen(forms)
    print(f"written to {path.relative_to(pathlib.Path.cwd())}; build again")


if __name__ == "__main__":
    main()
