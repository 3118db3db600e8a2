// Unpacks the Chromium of @sparticuz/chromium and prints its path. The package unpacks to TMPDIR and decides by
// AWS_LAMBDA_JS_RUNTIME whether to bring its own system libraries, so the caller sets both and runs this by itself.
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
