/**
 * Results as files: a page for people, a trace for Perfetto, numbers for programs, figures for documents.
 *
 * <pre>
 *   Report ──┬── Page         one HTML file: page.html, page.css, page.js and Chart.js put together
 *            │     └── TimelineSvg ──> Colours, Lanes
 *            ├── Trace        Chrome's trace format
 *            ├── Numbers      JSON
 *            └── ChartSvg, TimelineSvg   figures
 *                                         all of them ──> Json, Markup (escaping)
 * </pre>
 *
 * One thread, nothing kept. Start reading at {@link dev.pando.lab.report.Report}.
 */
@NullMarked
package dev.pando.lab.report;

import org.jspecify.annotations.NullMarked;
