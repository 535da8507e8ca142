// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Predicted against measured: how far the cost model was off, in all and layer by layer.

const errorOf = figure => figure.predicted === null || !figure.measured ? null : figure.predicted / figure.measured - 1;

function errorRow(layer, index, widest) {
  const error = errorOf(layer.instructions);
  const half = share => 50 * Math.min(1, share / widest) + '%';
  const marks = [html('span', {class: 'band', style: {width: `calc(2 * ${half(layer.relative_error)})`, left: `calc(50% - ${half(layer.relative_error)})`}})];
  if (error !== null) {
    marks.push(html('span', {class: 'fill ' + (Math.abs(error) <= layer.relative_error ? 'within' : 'beyond'), style: {
      left: error < 0 ? `calc(50% - ${half(-error)})` : '50%', width: half(Math.abs(error))}}));
  }
  return html('li', {}, html('button', {type: 'button', class: 'row error-row', 'data-layer': index, title: layer.name,
    onclick: event => select('layer', index, event.currentTarget)},
    html('span', {class: 'index'}, index),
    html('span', {class: 'label'}, layerLabel(layer)),
    html('span', {class: 'track diverging', 'aria-hidden': 'true'}, marks),
    html('span', {class: 'value'}, error === null ? `\u00b1 ${Math.ceil(100 * layer.relative_error)} %` : signed(error))));
}

function drawAccuracy() {
  const section = document.getElementById('accuracy');
  const {layers, instructions, flash} = report;
  const rows = [['instructions', instructions], ['flash, code', flash.code], ['flash, weights', flash.weights], ['flash, total', flash.total]]
    .filter(([, figure]) => best(figure) !== null)
    .map(([name, figure]) => [name, number(figure.predicted), number(figure.measured), errorOf(figure) === null ? DASH : signed(errorOf(figure))]);
  const errors = layers.map(layer => Math.abs(errorOf(layer.instructions) ?? 0));
  const widest = Math.max(0.05, ...layers.map(layer => layer.relative_error), ...errors);
  const unfitted = layers.filter(layer => !layer.fitted).length;
  section.append(title('accuracy', 'Predicted against measured'),
    note(isMeasured ? 'By layer: the bar is how far the prediction was off, the pale band how far it was expected to be off at most.' :
      'Nothing was measured here: the pale band is how far each prediction may be off. `tinymlc bench MODEL --target BOARD --html FILE` counts.'),
    table(['what', 'predicted', 'measured', 'off by'], rows));
  if (unfitted) section.append(note(`${unfitted} of ${layers.length} layers run kernels whose cost nobody has fitted for this core: their prediction is rough.`));
  section.append(html('ol', {class: 'rows'}, layers.map((layer, index) => errorRow(layer, index, widest))));
}
