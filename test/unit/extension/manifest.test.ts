import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { PANEL_COMMANDS } from "../../../src/shared/panelProtocol.ts";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { buildSettings } from "../../../src/extension/settings.ts";
import { TOOLTIP_COMMANDS } from "../../../src/extension/statusTooltip.ts";

const root = new URL("../../../", import.meta.url);
const read = (name: string) => fs.readFileSync(new URL(name, root), "utf8");
const manifest = JSON.parse(read("package.json"));
const words: Record<string, string> = JSON.parse(read("package.nls.json"));

const commands: string[] = manifest.contributes.commands.map((one: { command: string }) => one.command);
const properties: Record<string, { default: unknown; scope: string }> = Object.assign(
  {},
  ...manifest.contributes.configuration.map((section: { properties: object }) => section.properties),
);

const inspect = (name: string) => ({ defaultValue: properties[`onceover.${name}`]?.default });

describe("package.json", () => {
  it("contributes exactly the commands that are registered", () => {
    const registered = [...read("src/extension/commands.ts").matchAll(/register\("(\w+)"/g)].map(
      ([, name]) => `onceover.${name}`,
    );
    expect(commands.toSorted()).toEqual(registered.toSorted());
  });

  it("offers no command that does not exist, in menus, welcome texts, tooltips and views", () => {
    const inMenus = Object.values(manifest.contributes.menus).flatMap((items) =>
      (items as { command: string }[]).map((item) => item.command),
    );
    const inWords = Object.values(words).flatMap((text) =>
      [...text.matchAll(/command:(onceover\.\w+)/g)].map(([, name]) => name!),
    );
    const inPanel = PANEL_COMMANDS.map((name) => `onceover.${name}`);
    for (const command of [...inMenus, ...inWords, ...inPanel, ...TOOLTIP_COMMANDS])
      expect(commands).toContain(command);
  });

  it("lets a resource decide about its files and what is shown, and the user alone about everything else", () => {
    const byScope = Object.groupBy(Object.keys(properties), (name) => properties[name]!.scope);
    expect(byScope["resource"]?.toSorted()).toEqual(
      ["exclude", "include", "maxFileKb", "minimumSeverity"].map((name) => `onceover.${name}`),
    );
    expect(Object.keys(byScope).toSorted()).toEqual(["application", "resource"]);
  });

  it("has the defaults of the core", () => {
    expect(buildSettings({ user: inspect, folders: [inspect], trusted: true }).engine).toEqual(DEFAULT_SETTINGS);
  });

  it("finds every word it asks for, and asks for every word there is", () => {
    const asked = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, name]) => name!);
    expect([...new Set(asked)].toSorted()).toEqual(Object.keys(words).toSorted());
  });

  it("has a walkthrough whose steps end by what exists", () => {
    const [walkthrough] = manifest.contributes.walkthroughs;
    expect(read("src/extension/commands.ts")).toContain(`"${manifest.publisher}.${manifest.name}#${walkthrough.id}"`);
    const views = Object.values(manifest.contributes.views).flatMap((all) =>
      (all as { id: string }[]).map(({ id }) => id),
    );
    const known = [
      ...commands.map((command) => `onCommand:${command}`),
      ...views.map((view) => `onView:${view}`),
      ...Object.keys(properties).map((name) => `onSettingChanged:${name}`),
      "onContext:onceover.hasReport",
    ];
    for (const step of walkthrough.steps) {
      expect(known).toEqual(expect.arrayContaining(step.completionEvents));
      expect(step.completionEvents, step.id).not.toEqual([]);
    }
  });

  it("draws the walkthrough in the theme's colours: text in a picture cannot be translated, nor a fixed colour seen everywhere", () => {
    for (const { media } of manifest.contributes.walkthroughs[0].steps) {
      const picture = read(media.svg);
      const colours = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour!);
      for (const colour of colours) expect(colour, media.svg).toMatch(/^(none|var\(--vscode-.+\))$/);
      const texts = [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!);
      for (const text of texts) expect(text, media.svg).toMatch(/^\$[\d.]+$/);
      // VS Code shows pictures under a policy that allows no styles and no scripts.
      expect(picture, media.svg).not.toMatch(/style[=>]|<script|href/);
    }
  });

  it("names pictures that exist", () => {
    for (const name of [
      manifest.icon,
      ...manifest.contributes.viewsContainers.activitybar.map((one: { icon: string }) => one.icon),
    ]) {
      expect(fs.existsSync(new URL(name, root)), name).toBe(true);
    }
  });
});
