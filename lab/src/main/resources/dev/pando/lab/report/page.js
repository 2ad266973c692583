// Charts from the numbers in this page, redrawn when the page turns dark; and a way along the timelines for keyboards.
(() => {
  const COLOURS = ["#3b7dd8", "#d9772b", "#2f9e5b", "#b3529a", "#c0453f", "#7a6bd0"];
  const all = JSON.parse(document.getElementById("charts").textContent);
  const drawn = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function draw() {
    drawn.splice(0).forEach(chart => chart.destroy());
    Chart.defaults.color = colour("--faint");
    Chart.defaults.borderColor = colour("--line");
    Chart.defaults.animation = false;
    all.forEach((chart, index) => {
      const lying = chart.kind === "bar";
      const value = { beginAtZero: true, title: { display: true, text: chart.up } };
      const label = { title: { display: true, text: chart.across } };
      drawn.push(new Chart(document.getElementById("chart-" + index), {
        type: chart.kind,
        data: {
          labels: chart.labels,
          datasets: chart.series.map((series, number) => ({
            label: series.name,
            data: series.values,
            borderColor: COLOURS[number % COLOURS.length],
            backgroundColor: COLOURS[number % COLOURS.length],
            maxBarThickness: 28,
            tension: 0.2
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
    const bars = [...timeline.querySelectorAll(".bar")];
    const said = timeline.parentElement.querySelector(".said");
    let at = -1;
    function show(to) {
      if (at >= 0) bars[at].classList.remove("here");
      at = Math.max(0, Math.min(bars.length - 1, to));
      bars[at].classList.add("here");
      bars[at].scrollIntoView({ block: "nearest", inline: "nearest" });
      said.textContent = bars[at].querySelector("title").textContent;
    }
    timeline.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step && bars.length) {
        event.preventDefault();
        show(at + step);
      }
    });
    timeline.addEventListener("click", event => {
      const bar = event.target.closest(".bar");
      if (bar) show(bars.indexOf(bar));
    });
  });

  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
