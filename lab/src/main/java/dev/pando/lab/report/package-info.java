/**
 * Results as files: a page to read, a trace for Perfetto, numbers for programs, figures for documents.
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
 * Everything runs on one thread and keeps no state. Start reading at {@link dev.pando.lab.report.LabReport}.
 */
@NullMarked
package dev.pando.lab.report;

import org.jspecify.annotations.NullMarked;
