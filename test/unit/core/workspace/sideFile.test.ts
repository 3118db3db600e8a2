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
    "crypto/x509_test_import.go",
    "src/user.test.ts",
    "test_item.py",
    "conftest.py",
    "app/UserTest.php",
    "src/Mock.Tests.ps1",
    "e2e/login.ts",
    "src/ws/mock-auth-command.c",
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

  it.each([
    "scripts/release.mjs",
    "extra/rebase-pr.js",
    "packages/a/scripts/build.sh",
    "hack/run.sh",
    "tools/report.py",
    "lib/tasks/import.rake",
    "Rakefile",
    "app/data_generators/users.py",
  ])("takes %s for a script", (path) => {
    expect(sideFile(path)).toBe("script");
  });

  it.each([
    "public/plugins/codemirror-5.17.0/mode/scheme/scheme.js",
    "public/pdfjs-5.2.133/build/pdf.worker.mjs",
    "web/jquery.datetimepicker-2.4.5/jquery.datetimepicker.js",
    "vendor/github.com/a/b.go",
    "src/third_party/zlib/inflate.c",
    "src/third-party/a.js",
    "deps/lua/src/lapi.c",
    "static/site.min.js",
    "static/moment-2.26.0.js",
    "static/jquery.js",
    "static/jquery.tablesorter.pager.js",
    "src/static/js/vendors/browser.ts",
    "admin/static/codemirror/keymap/vim.js",
    "tap/ltmain.sh",
    "shared/forcegrapher/d3.drasl.js",
    "web/.next/server/app/page.js",
    "shop/storage/framework/views/index.php",
    "static/js/main.3d575dc9.chunk.js",
    "public/assets/application-4e773898fbba4b3b632b0050520c3780.js",
    "src/db/sqlite3.c",
    "tools/model/cJSON.h",
    "include/stb_image.h",
    "mail/class.phpmailer.php",
    "src/main/resources/static/js/nprogress.js",
    "wwwroot/js/admin/excanvas.js",
  ])("takes %s for others' code", (path) => {
    expect(sideFile(path)).toBe("vendored");
  });

  it.each([
    "db/migrate/001_setup.rb",
    "awx/main/migrations/0001_initial.py",
    "awx/main/migrations/_inventory.py",
    "database/migrations/2018_08_04_create.php",
    "src/Core/Datastore/Migration/154_add_language.cs",
    "Server/Migrations/Routines/20250420200000_MigrateDb.cs",
    "src/upgrades/1.10.0/hash.js",
    "db/migration/V2__users.java",
  ])("takes %s for a step that has run", (path) => {
    expect(sideFile(path)).toBe("frozen");
  });

  it.each([
    "src/latest.java",
    "src/Contest.cs",
    "src/contest/rules.ts",
    "src/vendors/prices.ts",
    "cJSON.c",
    "src/next/page.js",
    "src/facade.js",
    "src/deadbeef.js",
    "config/tcpdf.php",
    "src/plugins/nprogress.js",
    "public/assets/js/echarts.js",
    "resources/assets/js/bootstrap.js",
    "storage/framework/cache.php",
    "src/testimonials.ts",
    "src/resample/kernel.c",
    "src/demographics/age.py",
    "src/democracy.py",
    "src/inspect/view.ts",
    "src/attestation.go",
    "bin/release_manager.py",
    "src/transcripts/read.ts",
    "src/hudson/tools/Installer.java",
    "app/Ai/Tools/Play.php",
    "src/registry/client/migration/Invoker.java",
    "Server/Migrations/MigrationRunner.cs",
    "src/upgrade/plan.ts",
    "spark-3.5/src/main/java/Module.java",
    "deps/deps.go",
    "src/external/client.ts",
    "src/vendors/list.ts",
    "src/bootstrap.js",
    "src/admin.js",
    "api-v2/list.ts",
    "a.ts",
    "",
  ])("takes %s for the product", (path) => {
    expect(sideFile(path)).toBeUndefined();
  });
});
