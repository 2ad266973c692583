/* The task stream: a row for each worker, a bar for each task, on a canvas. Only what is in sight is drawn, and bars
   that would fall onto the same pixel are one, so that a hundred thousand bars scroll as smoothly as a hundred. */
class TaskStream {
  static MOST = 100000;
  static ROW = 18;
  static TOP = 18;
  static LIGHT = ["#0b5cad", "#1a7f37", "#8250df", "#9a6700", "#0f766e", "#c2410c", "#a3246f", "#56616d"];
  static DARK = ["#6cb0f5", "#57c878", "#b794f6", "#d9a441", "#4fd1c5", "#fb923c", "#f08cc4", "#9aa7b4"];

  constructor(canvas, onPoint, onPick) {
    this.canvas = canvas;
    this.onPoint = onPoint;
    this.onPick = onPick;
    this.rows = new Map();
    this.names = new Map();
    this.hexes = new Map();
    this.running = [];
    this.count = 0;
    this.span = 30e6;
    this.end = null;
    this.skew = 0;
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.isDark = this.dark.matches;
    this.dark.addEventListener("change", () => { this.isDark = this.dark.matches; this.draw(); });
    new ResizeObserver(() => this.draw()).observe(canvas);
    this.listen();
  }

  now() { return Date.now() * 1000 + this.skew; }

  right() { return this.end ?? this.now(); }

  color(name) {
    let number = this.names.get(name);
    if (number === undefined) this.names.set(name, number = this.names.size);
    const palette = this.isDark ? TaskStream.DARK : TaskStream.LIGHT;
    return palette[number % palette.length];
  }

  row(pool, worker) {
    const key = pool + "\n" + worker;
    let row = this.rows.get(key);
    if (!row) this.rows.set(key, row = { pool, worker, bars: [], last: 0 });
    return row;
  }

  add([pool, worker, name, task, start, end, outcome]) {
    if (!worker) return;
    const row = this.row(pool, worker.startsWith("virtual-") ? "virtual threads" : worker);
    row.bars.push({ pool, worker, name, task, start, end, outcome });
    row.last = Math.max(row.last, end);
    if (++this.count > TaskStream.MOST) this.trim();
  }

  /* A tenth at once, or else each bar would cost a pass over all. */
  trim() {
    const all = [...this.rows.values()].flatMap(row => row.bars.map(bar => bar.end)).sort((a, b) => a - b);
    const from = all[Math.floor(all.length / 10)];
    this.count = 0;
    for (const [key, row] of this.rows) {
      row.bars = row.bars.filter(bar => bar.end > from);
      this.count += row.bars.length;
      if (!row.bars.length) this.rows.delete(key);
    }
  }

  run(tasks) {
    this.running = tasks.filter(task => task.state === "running" && task.worker);
    for (const task of this.running) {
      this.row(task.pool, task.worker.startsWith("virtual-") ? "virtual threads" : task.worker).last = this.now();
    }
  }

  /* Workers that were here in the span which is shown, the oldest names first. */
  shown() {
    const left = this.right() - this.span;
    return [...this.rows.values()].filter(row => row.last >= left)
      .sort((a, b) => a.pool - b.pool || a.worker.localeCompare(b.worker, undefined, { numeric: true })).slice(0, 64);
  }

  draw() {
    const canvas = this.canvas, ratio = devicePixelRatio || 1, width = canvas.clientWidth, rows = this.shown();
    const height = TaskStream.TOP + Math.max(3, rows.length) * TaskStream.ROW + 4;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.height = height + "px";
    }
    const paint = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
    this.ink = style.getPropertyValue("--ink");
    this.bad = style.getPropertyValue("--bad");
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.clearRect(0, 0, width, height);
    paint.font = "11px system-ui, sans-serif";
    this.label = Math.min(110, width / 4);
    const right = this.right(), left = right - this.span, scale = (width - this.label) / this.span;
    this.axis(paint, left, right, scale, height, style);
    this.drawn = [];
    const narrow = this.narrow(rows.length, Math.round(width * ratio));
    rows.forEach((row, at) => {
      const y = TaskStream.TOP + at * TaskStream.ROW;
      paint.fillStyle = this.filled = this.ink;
      paint.fillText(row.worker, 0, y + 12, this.label - 6);
      this.bars(paint, row, y, left, right, scale, narrow, at);
      this.drawn.push({ row, y });
    });
    this.paintNarrow(paint, narrow, rows.length, width);
    for (const task of this.running) {
      const lane = this.drawn.find(one => one.row.pool === task.pool
        && (one.row.worker === task.worker || (one.row.worker === "virtual threads" && task.worker.startsWith("virtual-"))));
      if (lane && task.start < right) this.bar(paint, lane.y, task.base, "r", task.start, this.now(), left, right, scale);
    }
  }

  axis(paint, left, right, scale, height, style) {
    const steps = [1e3, 5e3, 1e4, 5e4, 1e5, 5e5, 1e6, 5e6, 1e7, 3e7, 6e7, 3e8, 6e8, 36e8];
    const step = steps.find(one => one * scale > 70) ?? 36e8;
    paint.fillStyle = style.getPropertyValue("--faint");
    paint.strokeStyle = style.getPropertyValue("--line");
    for (let at = Math.ceil(left / step) * step; at < right; at += step) {
      const x = Math.round(this.label + (at - left) * scale) + 0.5;
      paint.beginPath();
      paint.moveTo(x, TaskStream.TOP - 4);
      paint.lineTo(x, height);
      paint.stroke();
      const date = new Date(at / 1000), small = step < 1e6 ? "." + String(date.getMilliseconds()).padStart(3, "0") : "";
      paint.fillText(date.toTimeString().slice(0, 8) + small, x + 3, 10);
    }
  }

  /* Ends grow within a row, nearly: the first bar that may be in sight is searched, not counted. */
  first(bars, left) {
    let low = 0, high = bars.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bars[middle].end < left) low = middle + 1; else high = middle;
    }
    return Math.max(0, low - 8);
  }

  bars(paint, row, y, left, right, scale, narrow, at) {
    let last = -1;
    const ratio = narrow.width / this.canvas.clientWidth;
    for (let each = this.first(row.bars, left); each < row.bars.length; each++) {
      const bar = row.bars[each];
      if (bar.end < left) continue;
      if (bar.start > right) break;
      if ((bar.end - bar.start) * scale >= 2) {
        this.bar(paint, y, bar.name, bar.outcome, bar.start, bar.end, left, right, scale);
        continue;
      }
      const x = Math.floor((this.label + (Math.max(bar.start, left) - left) * scale) * ratio);
      if (x >= narrow.width || (x === last && bar.outcome === "s")) continue;
      last = x;
      narrow.pixels[2 * at * narrow.width + x] = this.pixel(this.color(bar.name), bar.outcome === "c" ? 115 : 255);
      if (bar.outcome === "f") narrow.pixels[(2 * at + 1) * narrow.width + x] = this.pixel(this.bad, 255);
      narrow.used = true;
    }
  }

  /* Bars below two pixels are colours of pixels, two lines for each row, the second of failures: a rectangle for each
     would take longer than a frame. */
  narrow(rows, width) {
    const size = Math.max(1, 2 * rows * width);
    if (this.pixels?.length !== size) this.pixels = new Uint32Array(size);
    this.pixels.fill(0);
    return { width, pixels: this.pixels, used: false };
  }

  paintNarrow(paint, narrow, rows, width) {
    if (!narrow.used) return;
    const lines = this.lines ??= document.createElement("canvas"), tall = TaskStream.ROW - 4;
    if (lines.width !== narrow.width || lines.height !== 2 * rows) {
      lines.width = narrow.width;
      lines.height = 2 * rows;
    }
    lines.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(narrow.pixels.buffer), narrow.width, 2 * rows), 0, 0);
    paint.imageSmoothingEnabled = false;
    for (let at = 0; at < rows; at++) {
      const y = TaskStream.TOP + at * TaskStream.ROW;
      paint.drawImage(lines, 0, 2 * at, narrow.width, 1, 0, y + 1, width, tall);
      paint.drawImage(lines, 0, 2 * at + 1, narrow.width, 1, 0, y + tall - 3, width, 4);
    }
  }

  hex(color) {
    const digits = color.trim().slice(1), hex = parseInt(digits.length === 3 ? digits.replace(/./g, "$&$&") : digits, 16);
    this.hexes.set(color, hex);
    return hex;
  }

  /* Red comes first in memory, and so last in the number: browsers are little-endian. */
  pixel(color, alpha) {
    const hex = this.hexes.get(color) ?? this.hex(color);
    return ((alpha << 24) | ((hex & 255) << 16) | (hex & 65280) | (hex >> 16)) >>> 0;
  }

  bar(paint, y, name, outcome, start, end, left, right, scale) {
    const from = this.label + (Math.max(start, left) - left) * scale;
    const width = Math.max(1, (Math.min(end, right) - Math.max(start, left)) * scale - 0.5), tall = TaskStream.ROW - 4;
    const color = this.color(name);
    if (color !== this.filled) paint.fillStyle = this.filled = color; // to set it costs more than to draw a bar
    if (outcome === "c") paint.globalAlpha = 0.45;
    paint.fillRect(from, y + 1, width, tall);
    if (outcome === "c") paint.globalAlpha = 1;
    if (outcome === "f") {
      paint.fillStyle = this.filled = this.bad;
      paint.fillRect(from, y + tall - 3, width, 4);
    }
    if (outcome === "r") {
      paint.strokeStyle = this.ink;
      paint.strokeRect(from + 0.5, y + 1.5, Math.max(1, width - 1), tall - 1);
    }
  }

  /* Returns what is drawn at this place, or nothing. */
  at(x, y) {
    const lane = (this.drawn ?? []).find(one => y >= one.y && y < one.y + TaskStream.ROW);
    const right = this.right(), moment = right - this.span + (x - this.label) * this.span / (this.canvas.clientWidth - this.label);
    if (!lane || x < this.label) return null;
    const slack = this.span / 400;
    const task = this.running.find(one => one.pool === lane.row.pool && one.start <= moment
      && (one.worker === lane.row.worker || one.worker.startsWith("virtual-") && lane.row.worker === "virtual threads"));
    if (task && moment <= this.now()) return { ...task, name: task.base, task: task.id, end: null };
    let best = null;
    for (let at = this.first(lane.row.bars, moment - slack); at < lane.row.bars.length; at++) {
      const bar = lane.row.bars[at];
      if (bar.start > moment + slack) break;
      if (bar.end >= moment - slack) best = bar;
    }
    return best;
  }

  move(part) {
    const end = this.right() + part * this.span;
    this.end = end >= this.now() ? null : end;
    this.draw();
  }

  zoom(factor, at = 1) {
    const span = Math.min(36e8, Math.max(2e3, this.span * factor));
    if (this.end !== null) this.end += (span - this.span) * (1 - at);
    this.span = span;
    this.draw();
  }

  follow() { this.end = null; this.draw(); }

  listen() {
    const canvas = this.canvas;
    let drag = null;
    canvas.addEventListener("pointerdown", event => { drag = { x: event.offsetX, end: this.right(), far: false }; });
    canvas.addEventListener("pointermove", event => {
      if (!drag) { this.onPoint(this.at(event.offsetX, event.offsetY)); return; }
      const far = (drag.x - event.offsetX) * this.span / (canvas.clientWidth - this.label);
      if (Math.abs(drag.x - event.offsetX) < 4 && !drag.far) return;
      drag.far = true;
      const end = drag.end + far;
      this.end = end >= this.now() ? null : end;
      this.draw();
    });
    canvas.addEventListener("pointerup", event => {
      const found = drag && !drag.far ? this.at(event.offsetX, event.offsetY) : null;
      drag = null;
      if (found) this.onPick(found);
    });
    canvas.addEventListener("pointerleave", () => { drag = null; });
    canvas.addEventListener("wheel", event => {
      event.preventDefault();
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.move((event.deltaX || event.deltaY) / 1000);
      else this.zoom(event.deltaY > 0 ? 1.25 : 0.8, (event.offsetX - this.label) / (canvas.clientWidth - this.label));
    }, { passive: false });
    canvas.addEventListener("keydown", event => {
      const acts = { ArrowLeft: () => this.move(-0.2), ArrowRight: () => this.move(0.2), "+": () => this.zoom(0.5),
        "-": () => this.zoom(2), End: () => this.follow() };
      if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
    });
  }
}
