/** The webviews, loaded once the window has started: VS Code waits for a view whose provider comes late. */
export { registerPerformanceView, type PerformanceView } from "./webview/performanceView.ts";
export { createReportPanel, type ReportPanel } from "./webview/reportPanel.ts";
