// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// What quantising cost: noise by layer, what was tried, mixtures of precisions, and the distribution of every tensor.

const decibels = value => value === null ? DASH : value.toFixed(1) + ' dB';
const short = value => String(Number(value.toPrecision(3)));
const points = share => (100 * share).toFixed(2);

function drawHead() {
  const {score} = report;
  const tiles = [tile('Agreement', points(score.agreement), '%', `with the float model, on ${number(score.rows)} rows ${score.held_out ? 'not calibrated with' : 'calibrated with'}`)];
  if (score.accuracy !== null) tiles.push(tile('Accuracy', points(score.accuracy), '%', `float: ${points(score.float_accuracy)} %`));
  tiles.push(tile('Outputs', score.snr_db.toFixed(1), 'dB', 'signal to noise'));
  tiles.push(tile('Calibration', number(report.rows), 'rows', `ranges: ${report.ranges}`));
  if (report.kept_float.length) tiles.push(tile('Kept float', report.kept_float.length, 'nodes', ''));
  document.getElementById('head').append(html('p', {class: 'brand'}, 'tinymlc'), html('h1', {}, report.model),
    html('p', {class: 'sub'}, 'made int8 without training'), html('dl', {class: 'tiles'}, tiles),
    report.warnings.map(text => html('p', {class: 'note'}, html('span', {class: 'badge soft'}, 'warning'), ' ', text)));
}

function noiseRow(layer, index, most) {
  const cell = (kind, label, value) => html('span', {class: 'cell ' + kind}, html('span', {class: 'cell-label'}, label),
    bar(value / most, kind), html('span', {class: 'value'}, decibels(value)));
  return html('li', {}, html('a', {class: 'row', href: '#tensor-' + index, title: layer.name},
    html('span', {class: 'index'}, index),
    html('span', {class: 'label'}, html('b', {}, layer.op, html('span', {class: 'tag'}, layer.scheme)),
      html('span', {class: 'muted'}, shortened(layer.name, 48))),
    cell('instructions', 'in all', layer.snr_db), cell('macs', 'its own', layer.own_snr_db),
    html('span', {class: 'cell'}, html('span', {class: 'cell-label'}, 'saturated'), html('span', {class: 'value'}, points(layer.saturated) + ' %'))));
}

function drawNoise() {
  const most = Math.max(1, ...report.layers.map(layer => Math.min(100, Math.max(layer.snr_db, layer.own_snr_db))));
  document.getElementById('noise').append(title('noise', 'Signal to noise by layer'),
    note('Against the float model, longer is better: with all errors before the layer, and its own alone, where it is given the float model\u2019s values. Open a layer for its distribution.'),
    html('div', {class: 'row heading', 'aria-hidden': 'true'}, html('span', {class: 'index'}), html('span', {class: 'label'}, 'layer'),
      html('span', {class: 'cell'}, 'in all'), html('span', {class: 'cell'}, 'its own'), html('span', {class: 'cell'}, 'saturated')),
    html('ol', {class: 'rows'}, report.layers.map((layer, index) => noiseRow(layer, index, most))));
}

function drawChoices() {
  const section = document.getElementById('choices');
  section.append(title('choices', 'What was tried'));
  if (report.tried.length) section.append(table(['ranges', 'outputs', ''],
    report.tried.map(tried => [tried.method, decibels(tried.snr_db), tried.method === report.ranges ? 'chosen' : ''])));
  if (report.repairs.length) section.append(table(['correction', 'before', 'after', 'outcome'],
    report.repairs.map(repair => [repair.name, decibels(repair.snr_before_db), decibels(repair.snr_after_db), repair.outcome])),
    html('ul', {class: 'links'}, report.repairs.map(repair => html('li', {}, html('b', {}, repair.name), ': ', repair.doc))));
  if (!report.tried.length && !report.repairs.length) section.append(note(`Nothing: ranges by ${report.ranges}, no repairs.`));
}

const PLOT = {width: 640, height: 300, left: 60, bottom: 40};

function drawFrontier() {
  if (!report.frontier.length) return;
  const section = document.getElementById('frontier');
  section.hidden = false;
  const price = point => point.instructions;
  const span = values => [Math.min(...values), Math.max(Math.max(...values), Math.min(...values) + 1e-9)];
  const [lowX, highX] = span(report.frontier.map(price));
  const [lowY, highY] = span(report.frontier.map(point => point.drop));
  const x = point => PLOT.left + (PLOT.width - PLOT.left - 20) * (price(point) - lowX) / (highX - lowX);
  const y = point => 20 + (PLOT.height - PLOT.bottom - 20) * (highY - point.drop) / (highY - lowY);
  const label = (left, top, text, anchor) => svg('text', {x: left, y: top, 'text-anchor': anchor, 'font-size': 12, fill: 'currentColor'}, text);
  // Each way from the integers on is a line: towards float, and towards tensors of 16 bits.
  const ways = [report.frontier.filter(point => !point.sixteen_bit.length), report.frontier.filter(point => !point.kept_float.length)];
  section.append(title('frontier', 'Mixtures of bit widths'),
    note('Rows lost against expected instructions; nodes go to float, and tensors to 16 bits, in the order of what they cost.'),
    html('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'frontier'},
      svg('svg', {viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, width: PLOT.width, height: PLOT.height, role: 'img', 'aria-label': 'points lost against instructions'},
        ways.filter(way => way.length > 1).map(way => svg('path', {class: 'edge', d: 'M' + way.map(point => `${x(point)} ${y(point)}`).join('L')})),
        report.frontier.map(point => svg('circle', {class: point.chosen ? 'output' : 'activation', style: {fill: 'var(--hue)'}, cx: x(point), cy: y(point), r: point.chosen ? 7 : 4},
          svg('title', {}, `${point.kept_float.length} nodes in float, ${point.sixteen_bit.length} tensors of 16 bits, ${point.eight_bit.length} layers with eight-bit weights`))),
        label(PLOT.left, PLOT.height - 15, number(lowX), 'start'), label(PLOT.width - 20, PLOT.height - 15, number(highX) + ' instructions', 'end'),
        label(PLOT.left - 8, 24, points(highY) + ' lost', 'end'), label(PLOT.left - 8, PLOT.height - PLOT.bottom, points(lowY), 'end'))),
    table(['eight-bit weights', '16-bit tensors', 'nodes in float', 'points lost', 'outputs', 'flash', 'instructions', ''], report.frontier.map(point => [
      number(point.eight_bit.length), number(point.sixteen_bit.length), number(point.kept_float.length), points(point.drop), decibels(point.snr_db), bytes(point.flash_bytes), number(point.instructions),
      point.chosen ? 'chosen' : point.fits ? '' : 'over the budget'])));
}

function histogram(layer) {
  const width = 256, height = 72, bins = layer.histogram;
  const most = Math.log1p(Math.max(1, ...bins));
  const span = layer.max - layer.min || 1;
  const place = value => Math.max(0, Math.min(width, width * (value - layer.min) / span));
  const edges = layer.scale === null ? [] : (layer.dtype === 'i16' ? [-32768, 32767] : [-128, 127]).map(end => layer.scale * (end - layer.zero_point));
  return svg('svg', {viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `distribution from ${short(layer.min)} to ${short(layer.max)}`},
    bins.map((count, i) => svg('rect', {class: 'activation', style: {fill: 'var(--hue)'}, x: i * width / bins.length, width: width / bins.length - 0.5,
      y: height - height * Math.log1p(count) / most, height: height * Math.log1p(count) / most})),
    edges.filter(edge => edge > layer.min && edge < layer.max).map(edge =>
      svg('line', {x1: place(edge), x2: place(edge), y1: 0, y2: height, stroke: 'var(--red)', 'stroke-width': 1.5})));
}

function drawHistograms() {
  document.getElementById('histograms').append(title('histograms', 'Distributions'),
    note('Of every layer\u2019s output in calibration, counts on a logarithmic scale. A red line is where the chosen range ends: what lies beyond saturates.'),
    html('ol', {class: 'rows'}, report.layers.map((layer, index) => html('li', {id: 'tensor-' + index, class: 'tensor'},
      html('p', {class: 'name'}, `${index} ${layer.op}: ${layer.tensor}`), histogram(layer),
      html('p', {class: 'note'}, `${short(layer.min)} to ${short(layer.max)}` +
        (layer.scale === null ? ', float' : `; step ${short(layer.scale)}, zero point ${layer.zero_point}`) +
        (layer.weight_snr_db === null ? '' : `; weights at ${decibels(layer.weight_snr_db)}`))))));
}

drawHead();
drawNoise();
drawChoices();
drawFrontier();
drawHistograms();
