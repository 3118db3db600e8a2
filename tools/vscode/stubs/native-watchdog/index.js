// Stands in for the native thread that ends an extension host whose server has died. VS Code loads it with require().
const checkEveryMs = 2000;
const exitCodeOfOrphan = 87;

exports.start = function start(parentPid) {
  setInterval(() => {
    try {
      process.kill(parentPid, 0);
    } catch (error) {
      if (error.code === "ESRCH") process.exit(exitCodeOfOrphan);
    }
  }, checkEveryMs).unref();
};
