"use strict";
// The charts. Expressions are interpreted, not compiled: the page's policy allows no eval.
const dark = matchMedia("(prefers-color-scheme: dark)");
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const LANES = ["talks", "proposal", "reversal", "shift", "position", "claim", "denial", "confirmation"];
const NAMES = { talks: "talks", proposal: "proposals", reversal: "reversals", shift: "shifts", position: "first words", claim: "claims", denial: "denials", confirmation: "confirmations" };
const MARKS = {
  held: "square", ongoing: "square", scheduled: "triangle-right", proposed: "triangle-right", cancelled: "cross", collapsed: "cross",
  tabled: "circle", countered: "diamond", accepted: "triangle-up", agreed: "triangle-up", "in-force": "square", rejected: "triangle-down",
  violated: "cross", expired: "stroke", withdrawn: "stroke", supports: "triangle-up", opposes: "triangle-down", conditional: "diamond",
};
const FILLS = { violated: "--opposes", rejected: "--opposes", opposes: "--opposes", collapsed: "--opposes", cancelled: "--opposes", supports: "--supports", accepted: "--supports", agreed: "--supports", "in-force": "--supports", held: "--talks", ongoing: "--talks", conditional: "--conditional", countered: "--conditional" };

function config() {
  const ink = css("--ink"), soft = css("--soft"), line = css("--line");
  return {
    background: "transparent", font: "system-ui, sans-serif", view: { stroke: line },
    axis: { labelColor: ink, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12 },
    legend: { labelColor: ink, titleColor: soft, labelFontSize: 12 },
  };
}
const options = { ast: true, expr: vega.expressionInterpreter, actions: false, renderer: "canvas", defaultStyle: false, tooltip: { disableDefaultStyle: true } };

async function rows(place) {
  const answer = await fetch(place.dataset.src, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function draw(place, make, empty) {
  let data;
  try { data = await rows(place); } catch { place.textContent = "The chart could not be loaded; the list below holds the same."; return; }
  if (!data.length) { place.textContent = empty; return; }
  place.replaceChildren();
  const spec = make(data, place.clientWidth || 600);
  const shown = await vegaEmbed(place, spec, options);
  const canvas = place.querySelector("canvas");
  canvas?.setAttribute("role", "img");
  canvas?.setAttribute("aria-label", spec.description);
  place.querySelector(".vega-embed, [role='graphics-document']")?.removeAttribute("role");
  shown.view.addEventListener("click", (_, item) => {
    const target = item?.datum?.href ? document.getElementById(item.datum.href.slice(1)) : null;
    if (target) { target.scrollIntoView({ block: "center" }); target.focus({ preventScroll: true }); }
  });
}

function timeline(data, width) {
  const there = new Map(), seen = new Map(); // what is of one day and kind stands one under the other
  for (const row of data) there.set(row.kind + row.day, (there.get(row.kind + row.day) ?? 0) + 1);
  const values = data.map((row) => {
    const many = Math.min(there.get(row.kind + row.day), 4), nth = (seen.get(row.kind + row.day) ?? 0) % 4;
    seen.set(row.kind + row.day, nth + 1);
    return { ...row, nth: nth - (many - 1) / 2, lane: NAMES[row.kind], mark: MARKS[row.status] ?? "circle", fill: css(FILLS[row.status] ?? "--position") };
  });
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json", description: `Timeline of ${data.length} changes; the list below holds the same`,
    width: "container", height: 46 * new Set(values.map((row) => row.lane)).size, autosize: { type: "fit-x", contains: "padding" }, data: { values },
    params: [{ name: "zoom", select: { type: "interval", encodings: ["x"] }, bind: "scales" }],
    mark: { type: "point", filled: true, size: width < 500 ? 90 : 120, opacity: 0.85, cursor: "pointer", stroke: css("--paper"), strokeWidth: 0.5 },
    encoding: {
      x: { field: "day", type: "temporal", title: null, scale: { padding: 14 }, axis: { labelOverlap: true, tickCount: width < 500 ? 4 : 10 } },
      y: { field: "lane", type: "nominal", title: null, sort: LANES.map((lane) => NAMES[lane]) },
      yOffset: { field: "nth", type: "quantitative", scale: { domain: [-2, 2] } },
      shape: { field: "mark", type: "nominal", scale: null }, color: { field: "fill", type: "nominal", scale: null },
      tooltip: [{ field: "day", type: "temporal", format: "%-d %B %Y", title: "day" }, { field: "sentence", title: "what" }, { field: "status", title: "state" }, { field: "accounts", title: "accounts" }],
    },
    config: config(),
  };
}

function dealings(data) {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json", description: "Cooperation and conflict by month",
    width: "container", height: 180, autosize: { type: "fit-x", contains: "padding" }, data: { values: data.map((row) => ({ ...row, day: row.month + "-15" })) },
    params: [{ name: "zoom", select: { type: "interval", encodings: ["x"] }, bind: "scales" }],
    mark: { type: "bar", width: { band: 0.8 } },
    encoding: {
      x: { field: "day", type: "temporal", timeUnit: "yearmonth", title: null, axis: { labelOverlap: true } },
      y: { field: "score", type: "quantitative", title: "PLOVER score", stack: true },
      color: { field: "tone", type: "nominal", title: null, scale: { domain: ["cooperation", "conflict"], range: [css("--supports"), css("--opposes")] }, legend: { orient: "top" } },
      tooltip: [{ field: "month", title: "month" }, { field: "tone" }, { field: "score" }, { field: "events", title: "events" }],
    },
    config: config(),
  };
}

function drawAll() {
  const chart = document.getElementById("chart"), plot = document.getElementById("dealings");
  if (chart) draw(chart, timeline, "Nothing to draw with these filters.");
  if (plot) draw(plot, dealings, "No events between these two are reported.");
}
drawAll();
dark.addEventListener("change", drawAll);
