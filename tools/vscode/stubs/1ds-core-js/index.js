// Stands in for the telemetry client: the server imports it by name, and never uses it with telemetry off.
export const AppInsightsCore = Object;
