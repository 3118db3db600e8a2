import { describe, expect, it } from "vitest";
import { sideFile } from "../../../../src/core/workspace/sideFile.ts";

describe("files beside the product", () => {
  it.each([
    "test/helper.py",
    "src/test/java/org/app/Block.java",
    "packages/a/__tests__/b.ts",
    "integration_tests/run.go",
    "spec/models/user_spec.rb",
    "pkg/tls/ocsp_test.go",
    "src/user.test.ts",
    "test_item.py",
    "conftest.py",
    "app/UserTest.php",
    "src/Mock.Tests.ps1",
    "e2e/login.ts",
  ])("takes %s for a test", (path) => {
    expect(sideFile(path)).toBe("test");
  });

  it.each([
    "integration/fixtures/gencert.go",
    "demo/app.ts",
    "dubbo-demo/dubbo-demo-xml/src/main/java/Application.java",
    "examples/a.py",
    "test/fixtures/key.pem.ts",
    "config/settings.example.yml",
    "sample.py",
  ])("takes %s for a sample", (path) => {
    expect(sideFile(path)).toBe("sample");
  });

  it.each(["scripts/release.mjs", "extra/rebase-pr.js", "packages/a/scripts/build.sh", "hack/run.sh"])(
    "takes %s for a script",
    (path) => {
      expect(sideFile(path)).toBe("script");
    },
  );

  it.each([
    "src/latest.java",
    "src/Contest.cs",
    "src/contest/rules.ts",
    "src/testimonials.ts",
    "src/resample/kernel.c",
    "src/demographics/age.py",
    "src/democracy.py",
    "src/inspect/view.ts",
    "src/attestation.go",
    "bin/release_manager.py",
    "src/transcripts/read.ts",
    "a.ts",
    "",
  ])("takes %s for the product", (path) => {
    expect(sideFile(path)).toBeUndefined();
  });
});
