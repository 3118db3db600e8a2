// Stands in for the native module that identifies a machine to telemetry, which is off.
export async function getDeviceId() {
  return "onceover-tests";
}
