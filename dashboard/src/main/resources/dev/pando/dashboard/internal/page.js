const byId = id => document.getElementById(id);
const actKey = document.querySelector("meta[name=act]").content;
const polls = document.querySelector("meta[name=poll]").content;
let latest = null, before = null, paused = false, source = null, cursor = 0, chosen = null;
const sorted = { tasks: { by: "since", down: true }, workers: { by: "name", down: false }, shared: { by: "size", down: true }, nodes: { by: "name", down: false } };

const few = number => number >= 100 ? Math.round(number).toLocaleString("en") : number.toPrecision(2);
function time(micros) {
  if (micros == null) return "";
  if (micros < 1000) return Math.max(0, Math.round(micros)) + " µs";
  if (micros < 1e6) return few(micros / 1e3) + " ms";
  if (micros < 120e6) return (micros / 1e6).toFixed(1) + " s";
  return micros < 7200e6 ? Math.round(micros / 60e6) + " min" : Math.round(micros / 3600e6) + " h";
}
const size = bytes => bytes == null ? "" : few(bytes / 1048576) + " MiB";
const count = number => number == null ? "" : number.toLocaleString("en");
const poolName = pool => latest?.pools.find(one => one.number === pool)?.name ?? "";
const micros = () => latest.now * 1000;

/* Keeps rows and cells that stay, so that neither focus nor a click is lost when numbers change. */
function fill(table, columns, rows, order) {
  if (!table.tHead) {
    const line = table.createTHead().insertRow();
    for (const column of columns) {
      const head = document.createElement("th");
      head.scope = "col";
      if (column.number) head.className = "number";
      if (order) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = column.heading;
        button.addEventListener("click", () => {
          order.down = order.by === column.key ? !order.down : !!column.number;
          order.by = column.key;
          show();
        });
        head.append(button);
      } else head.textContent = column.heading;
      line.append(head);
    }
    table.createTBody();
  }
  if (order) {
    const column = columns.find(one => one.key === order.by) ?? columns[0], sign = order.down ? -1 : 1;
    const value = row => (column.sort ?? column.text)(row);
    rows = [...rows].sort((a, b) => sign * compare(value(a), value(b)));
    [...table.tHead.rows[0].cells].forEach((cell, at) => columns[at] === column
      ? cell.setAttribute("aria-sort", order.down ? "descending" : "ascending") : cell.removeAttribute("aria-sort"));
  }
  const body = table.tBodies[0], there = new Map([...body.rows].map(row => [row.dataset.key, row]));
  rows.forEach((row, at) => {
    const key = String(row.key);
    let line = there.get(key);
    there.delete(key);
    if (!line) {
      line = document.createElement("tr");
      line.dataset.key = key;
      for (const column of columns) cell(line, column);
    }
    line.data = row;
    if (body.rows[at] !== line) body.insertBefore(line, body.rows[at] ?? null);
    columns.forEach((column, index) => update(line.cells[index], column, row));
  });
  for (const line of there.values()) line.remove();
}

function compare(a, b) {
  if (a === b) return 0;
  if (a == null || a === "") return 1;
  if (b == null || b === "") return -1;
  return typeof a === "number" ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
}

function cell(line, column) {
  const made = document.createElement("td");
  made.dataset.heading = column.heading;
  if (column.number) made.className = "number";
  if (column.long) made.className = "long";
  if (column.pick) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.addEventListener("click", () => column.pick(line.data));
    made.append(button);
  }
  line.append(made);
}

function update(made, column, row) {
  const text = column.text(row);
  const target = column.pick ? made.firstChild : made;
  if (column.pick) target.hidden = !text;
  if (target.textContent !== text) target.textContent = text;
  if (column.bad) made.classList.toggle("bad", column.bad(row));
}

const percentiles = three => three.length ? three.map(time).join(" / ") : "";
const poolColumns = [
  { heading: "pool", text: row => row.name },
  { heading: "workers of", long: true, text: row => row.backend },
  { heading: "state", text: row => row.state, bad: row => row.state === "broken" },
  { heading: "running", number: true, text: row => count(row.running) + (row.width < 2147483647 ? " of " + row.width : "") },
  { heading: "queue", number: true, text: row => count(row.queued) + " of " + count(row.bound), bad: row => row.queued >= row.bound },
  { heading: "tasks/s", number: true, text: row => row.rate == null ? "" : few(row.rate) },
  { heading: "wait p50 / p95 / p99", number: true, text: row => percentiles(row.wait) },
  { heading: "run p50 / p95 / p99", number: true, text: row => percentiles(row.run) },
  { heading: "succeeded", number: true, text: row => count(row.succeeded) },
  { heading: "failed", number: true, text: row => count(row.failed), bad: row => row.failed > 0 },
  { heading: "cancelled", number: true, text: row => count(row.cancelled) },
  { heading: "refused", number: true, text: row => count(row.rejected), bad: row => row.rejected > 0 },
  { heading: "workers lost", number: true, text: row => count(row.lost), bad: row => row.lost > 0 },
];
const taskColumns = [
  { key: "name", heading: "task", text: row => row.name, pick: row => choose(row) },
  { key: "pool", heading: "pool", text: row => poolName(row.pool) },
  { key: "state", heading: "state", text: row => row.state },
  { key: "worker", heading: "worker", text: row => row.worker ?? "" },
  { key: "since", heading: "for", number: true, text: row => time(micros() - (row.start ?? row.queued)), sort: row => micros() - (row.start ?? row.queued) },
  { key: "waited", heading: "waited", number: true, text: row => row.start ? time(row.start - row.queued) : "", sort: row => row.start ? row.start - row.queued : null },
  { key: "attempts", heading: "attempt", number: true, text: row => row.attempts ? String(row.attempts) : "", sort: row => row.attempts },
  { key: "progress", heading: "progress", text: row => row.progress == null ? "" : Math.round(row.progress * 100) + " % " + (row.message ?? ""), sort: row => row.progress },
];
const workerColumns = [
  { key: "name", heading: "worker", text: row => row.name },
  { key: "pool", heading: "pool", text: row => poolName(row.pool) },
  { key: "activity", heading: "state", text: row => row.activity },
  { key: "task", heading: "task", text: row => row.task ?? "", pick: row => choose({ pool: row.pool, id: row.id, name: row.task }) },
  { key: "start", heading: "for", number: true, text: row => row.start ? time(micros() - row.start) : "", sort: row => row.start ? micros() - row.start : null },
  { key: "pid", heading: "process", number: true, text: row => row.pid ? String(row.pid) : "", sort: row => row.pid },
  { key: "memory", heading: "memory", number: true, text: row => size(row.memory), sort: row => row.memory },
  { key: "cpu", heading: "processor time", number: true, text: row => row.cpu == null ? "" : time(row.cpu * 1000), sort: row => row.cpu },
  { key: "age", heading: "age", number: true, text: row => row.age == null ? "" : time(row.age * 1000), sort: row => row.age },
  { key: "tasks", heading: "tasks begun", number: true, text: row => count(row.tasks), sort: row => row.tasks },
];

const nodeColumns = [
  { key: "name", heading: "node", text: row => row.name },
  { key: "pool", heading: "pool", text: row => poolName(row.pool) },
  { key: "state", heading: "state", text: row => row.state === "open" ? "takes tasks" : row.state, bad: row => row.state !== "open" },
  { key: "backend", heading: "workers of", long: true, text: row => row.backend },
  { key: "tasks", heading: "our tasks of slots", number: true, text: row => count(row.tasks) + " of " + count(row.slots), sort: row => row.tasks },
  { key: "running", heading: "running, all programs", number: true, text: row => count(row.running), sort: row => row.running },
  { key: "waiting", heading: "waiting, all programs", number: true, text: row => count(row.waiting), sort: row => row.waiting, bad: row => row.waiting > 0 },
  { key: "version", heading: "version", text: row => row.version ?? "" },
  { key: "age", heading: "age", number: true, text: row => row.age == null ? "" : time(row.age * 1000), sort: row => row.age },
];
const sharedUnits = { queue: " items", map: " entries", semaphore: " permits left", actor: " calls wait" };
const sharedColumns = [
  { key: "name", heading: "name", text: row => row.name },
  { key: "pool", heading: "pool", text: row => poolName(row.pool) },
  { key: "size", heading: "holds", number: true, text: row => row.size == null ? "" : count(row.size) + (row.bound == null ? "" : " of " + count(row.bound)) + sharedUnits[row.kind], sort: row => row.size, bad: row => row.bound != null && row.size >= row.bound },
  { key: "waiting", heading: "callers that wait", number: true, text: row => row.waiting ? count(row.waiting) : "", sort: row => row.waiting },
];

const stream = new TaskStream(byId("stream"), found => {
  if (found) byId("said").textContent = found.name + "-" + found.task + " on " + found.worker + ", "
    + (found.end === null ? "running for " + time(stream.now() - found.start)
      : time(found.end - found.start) + { s: "", f: ", failed", c: ", cancelled" }[found.outcome]);
}, found => { if (found.end === null) choose({ pool: found.pool, id: found.task, name: found.name + "-" + found.task }); });

function rates(now) {
  for (const pool of now.pools) {
    const old = before?.pools.find(one => one.number === pool.number);
    const done = one => one.succeeded + one.failed + one.cancelled;
    if (old && now.now > before.now) pool.rate = 1000 * (done(pool) - done(old)) / (now.now - before.now);
  }
}

function show() {
  if (!latest) return;
  fill(byId("pools"), poolColumns, latest.pools.map(pool => ({ ...pool, key: pool.number })));
  const asked = byId("search").value.toLowerCase(), state = byId("state").value;
  const all = latest.tasks.filter(task => (!state || task.state === state)
    && (!asked || (task.name + " " + (task.worker ?? "") + " " + poolName(task.pool)).toLowerCase().includes(asked)));
  fill(byId("tasks"), taskColumns, all.map(task => ({ ...task, key: task.pool + "-" + task.id })), sorted.tasks);
  const more = latest.pools.reduce((sum, pool) => sum + pool.running + pool.queued, 0) - latest.tasks.length;
  byId("count").textContent = all.length + " shown" + (more > 0 ? ", about " + count(more) + " more are not listed" : "");
  fill(byId("workers"), workerColumns, latest.workers.map(one => ({ ...one, key: one.pool + "-" + one.name })), sorted.workers);
  byId("nodes-section").hidden = !latest.nodes.length;
  fill(byId("nodes"), nodeColumns, latest.nodes.map(one => ({ ...one, key: one.pool + "-" + one.name })), sorted.nodes);
  byId("shared-section").hidden = !latest.shared.length;
  fill(byId("shared"), sharedColumns, latest.shared.map((one, at) => ({ ...one, key: one.pool + "-" + one.name + (one.kind === "actor" ? at : "") })), sorted.shared);
  incidents();
  legend();
}

function incidents() {
  const box = byId("incidents"), known = new Map([...box.children].map(one => [one.dataset.key, one]));
  byId("none").hidden = latest.incidents.length > 0;
  latest.incidents.forEach((incident, at) => {
    let made = known.get(String(incident.number));
    known.delete(String(incident.number));
    if (!made) {
      made = document.createElement("details");
      made.dataset.key = incident.number;
      const head = document.createElement("summary"), kind = document.createElement("b"), when = document.createElement("time"), text = document.createElement("pre");
      kind.textContent = { failed: "failed", timeout: "timed out", lost: "lost its worker", deadlock: "deadlock", death: "worker died" }[incident.kind];
      when.textContent = new Date(incident.at).toTimeString().slice(0, 8);
      head.append(when, kind, incident.subject + ": " + incident.title);
      text.textContent = incident.detail;
      made.append(head, text);
    }
    if (box.children[at] !== made) box.insertBefore(made, box.children[at] ?? null);
  });
  for (const gone of known.values()) gone.remove();
}

function legend() {
  const box = byId("legend"), names = [...stream.names.keys()].slice(0, 8);
  const sampled = latest.pools.filter(pool => pool.oneOf > 1).map(pool => "one of " + pool.oneOf + " tasks of " + pool.name + " is drawn");
  const text = names.join("\n") + sampled.join() + stream.dark.matches;
  if (box.dataset.text === text) return;
  box.dataset.text = text;
  box.replaceChildren(...names.map(name => {
    const one = document.createElement("span"), dot = document.createElement("i");
    dot.style.background = stream.color(name);
    one.append(dot, name);
    return one;
  }), ...sampled);
}

async function choose(task) {
  chosen = task;
  byId("stack").hidden = false;
  byId("stack-title").textContent = "Stack of " + task.name;
  byId("frames").replaceChildren();
  byId("stop").hidden = !actKey;
  byId("stop").disabled = false;
  byId("stack-title").focus();
  byId("stack").scrollIntoView({ block: "nearest" });
  await look();
}

/* The line that a reader looks for is the program's own: of many frames of the JDK above it, few are shown at first. */
function fold(lines) {
  const shown = [];
  for (let at = 0; at < lines.length;) {
    let end = at;
    while (end < lines.length && !lines[end].className) end++;
    if (end - at > 12) {
      const hidden = lines.slice(at + 6, end - 3), more = document.createElement("li"), button = document.createElement("button");
      more.className = "more";
      button.type = "button";
      button.className = "plain";
      button.textContent = hidden.length + " more of the JDK";
      button.addEventListener("click", () => more.replaceWith(...hidden));
      more.append(button);
      shown.push(...lines.slice(at, at + 6), more, ...lines.slice(end - 3, end));
    } else shown.push(...lines.slice(at, end));
    if (end < lines.length) shown.push(lines[end++]);
    at = end;
  }
  return shown;
}

const noStack = {
  NOT_RUNNING: "It does not run at this moment.",
  NO_ANSWER: "Its worker has not answered in two seconds: that, or its node, may be frozen or very busy.",
  NOT_SEEN: "Workers of this kind cannot be asked.",
};

async function look() {
  const asked = chosen;
  byId("stack-said").textContent = "looking";
  try {
    const answer = await fetch("stack?pool=" + asked.pool + "&task=" + asked.id);
    const { frames, missing } = await answer.json();
    if (asked !== chosen) return;
    byId("stack-said").textContent = frames.length ? "where it is now, and it goes on" : noStack[missing];
    byId("frames").replaceChildren(...fold(frames.map((frame, at) => {
      const line = document.createElement("li");
      line.value = at + 1;
      line.textContent = frame;
      if (!/^(java|jdk|sun|com\.sun)\./.test(frame)) line.className = "own";
      return line;
    })));
  } catch (error) {
    byId("stack-said").textContent = "the program does not answer";
  }
}

async function stop() {
  const asked = chosen;
  byId("stop").disabled = true;
  byId("stack-said").textContent = "stopping: an interrupt, then, after the grace, the end of its worker if it is a process";
  try {
    const answer = await fetch("cancel?pool=" + asked.pool + "&task=" + asked.id, { method: "POST", headers: { "X-Pando-Act": actKey } });
    const { cancelled } = await answer.json();
    byId("stack-said").textContent = cancelled ? "cancelled" : "it was over before";
  } catch (error) {
    byId("stack-said").textContent = "the program does not answer";
  }
}

function take(event) {
  const now = JSON.parse(event.data);
  cursor = now.cursor;
  stream.skew = now.now * 1000 - Date.now() * 1000;
  for (const bar of now.bars) stream.add(bar);
  if (now.pools) {
    rates(now);
    before = latest = now;
    stream.run(now.tasks);
    if (!paused) show();
  }
  live("live");
}

function live(text) {
  const said = paused ? "paused" : text;
  if (byId("live").textContent !== said) byId("live").textContent = said;
}

/* A framework that serves the page has answers, and no stream of them. */
async function poll(mine) {
  while (source === mine) {
    try {
      const answer = await fetch("state?cursor=" + cursor);
      take({ data: await answer.text() });
    } catch (error) {
      live("the program does not answer");
    }
    await new Promise((next) => setTimeout(next, Number(polls)));
  }
}

/* Nothing is sent to a page that is not looked at. */
function connect() {
  if (document.hidden) { source?.close(); source = null; return; }
  if (source) return;
  if (polls) { source = { close() {} }; poll(source); return; }
  source = new EventSource("events?cursor=" + cursor);
  source.onmessage = take;
  source.onerror = () => {
    live("the program does not answer");
    if (source?.readyState === EventSource.CLOSED) { source = null; setTimeout(connect, 2000); }
  };
}

function paint() {
  if (!paused && stream.end === null && source) stream.draw();
  setTimeout(() => requestAnimationFrame(paint), 100);
}

stream.dark.addEventListener("change", show);
document.addEventListener("visibilitychange", connect);
byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", paused);
  live("live");
  if (!paused) show();
});
byId("search").addEventListener("input", show);
byId("state").addEventListener("change", show);
byId("again").addEventListener("click", look);
byId("stop").addEventListener("click", stop);
byId("close").addEventListener("click", () => { chosen = null; byId("stack").hidden = true; });
byId("now").addEventListener("click", () => stream.follow());
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => stream.zoom(Number(button.dataset.zoom)));
connect();
paint();
