// Charts from the numbers in this page, redrawn when the page turns dark; and a way along the timelines for keyboards.
(() => {
  const COLOURS = @colours@;
  const all = JSON.parse(document.getElementById("charts").textContent);
  const drawn = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function draw() {
    drawn.splice(0).forEach(chart => chart.destroy());
    Chart.defaults.color = colour("--faint");
    Chart.defaults.borderColor = colour("--line");
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.animation = false;
    all.forEach((chart, index) => {
      const lying = chart.kind === "bar";
      const value = { beginAtZero: true, title: { display: true, text: chart.up } };
      const label = { title: { display: true, text: chart.across } };
      if (chart.places) {
        label.type = chart.scale;
        label.min = chart.places[0];
        label.max = chart.places[chart.places.length - 1];
        label.afterBuildTicks = axis => {
          const few = chart.places.filter((_, i) => i % Math.ceil(chart.places.length / 10) === 0);
          axis.ticks = few.map(value => ({ value }));
        };
        label.ticks = { callback: value => value };
      }
      drawn.push(new Chart(document.getElementById("chart-" + index), {
        type: chart.kind,
        data: {
          labels: chart.labels,
          datasets: chart.series.map((series, number) => ({
            label: series.name,
            data: chart.places ? series.values.map((y, i) => ({ x: chart.places[i], y })) : series.values,
            borderColor: COLOURS[number % COLOURS.length],
            backgroundColor: COLOURS[number % COLOURS.length],
            maxBarThickness: 28,
            spanGaps: false,
            tension: 0
          }))
        },
        options: {
          indexAxis: lying ? "y" : "x",
          maintainAspectRatio: false,
          scales: lying ? { x: value, y: { ...label, ticks: { autoSkip: false } } } : { x: label, y: value },
          plugins: { legend: { display: chart.series.length > 1 } }
        }
      }));
    });
    document.documentElement.dataset.charts = drawn.length;
  }

  document.querySelectorAll(".timeline").forEach(timeline => {
    let bars = [];
    const said = timeline.parentElement.querySelector(".said");
    let at = -1;
    // Of the two drawings, wide and narrow, the one that is seen.
    function seen() {
      const now = [...timeline.querySelectorAll(".bar")].filter(bar => bar.getBoundingClientRect().width > 0);
      if (now[0] !== bars[0]) {
        bars = now;
        at = -1;
      }
    }
    function show(to) {
      if (at >= 0) bars[at].classList.remove("here");
      at = Math.max(0, Math.min(bars.length - 1, to));
      bars[at].classList.add("here");
      bars[at].scrollIntoView({ block: "nearest", inline: "nearest" });
      said.textContent = bars[at].querySelector("title").textContent;
    }
    timeline.addEventListener("keydown", event => {
      seen();
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step && bars.length) {
        event.preventDefault();
        show(at + step);
      }
    });
    timeline.addEventListener("click", event => {
      seen();
      const bar = event.target.closest(".bar");
      if (bar) show(bars.indexOf(bar));
    });
  });

  document.querySelectorAll(".zoom").forEach(zoom => {
    const timeline = zoom.parentElement.querySelector(".timeline");
    let size = 1;
    zoom.addEventListener("click", event => {
      const factor = event.target.dataset.zoom;
      if (factor === undefined) return;
      const middle = (timeline.scrollLeft + timeline.clientWidth / 2) / timeline.scrollWidth;
      size = Math.max(1, Math.min(32, Number(factor) * size));
      timeline.style.setProperty("--zoom", size);
      timeline.classList.toggle("zoomed", size > 1);
      timeline.scrollLeft = middle * timeline.scrollWidth - timeline.clientWidth / 2;
    });
  });

  draw();
  // Paper is light, whatever the screen is.
  addEventListener("beforeprint", () => { document.documentElement.classList.add("paper"); draw(); });
  addEventListener("afterprint", () => { document.documentElement.classList.remove("paper"); draw(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
