// Measures the graph in a browser: `npm run measure -- --url http://127.0.0.1:5173`. Says how long the graph took to be drawn and what
// its frames cost while it is panned and zoomed, with the load of the machine beside it.
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:5173" },
    browser: { type: "string", default: "/usr/bin/chromium" },
  },
});
const profile = mkdtempSync(path.join(tmpdir(), "dagster-measure-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: values.browser,
  viewport: { width: 1440, height: 900 },
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
});
const tab = await browser.newPage();
// Times each frame callback from outside, so that the pages need no hook for it.
await tab.addInitScript(() => {
  window.frames_ = [];
  const own = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    own((now) => {
      const began = performance.now();
      callback(now);
      window.frames_.push(performance.now() - began);
    });
});

for (const open of ["none", "all"]) {
  const began = performance.now();
  await tab.goto(new URL(`/assets?view=graph&open=${open}`, values.url).href);
  await tab.waitForSelector("canvas");
  await tab.waitForFunction(() => {
    const canvas = document.querySelector("canvas");
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const [red, green, blue] = pixels;
    for (let at = 0; at < pixels.length; at += 404) {
      if (pixels[at] !== red && pixels[at + 1] !== green && pixels[at + 2] !== blue)
        return red + green + blue > 0;
    }
    return false;
  });
  console.log(
    `groups ${open === "all" ? "open" : "closed"}: drawn ${Math.round(performance.now() - began)} ms after navigation`,
  );
  for (const [name, zoomClicks] of [
    ["far", 0],
    ["near", 12],
  ])
    await measureFrames(`${name}, ${open}`, zoomClicks);
}
console.log(
  `load of the machine ${loadavg()
    .map((each) => each.toFixed(1))
    .join(" ")}`,
);
await browser.close();
rmSync(profile, { recursive: true, force: true });

async function measureFrames(name, zoomClicks) {
  const middle = [760, 500];
  await tab.mouse.move(...middle);
  for (let click = 0; click < zoomClicks; click++) await tab.mouse.wheel(0, -240);
  await tab.waitForTimeout(300);
  await tab.evaluate(() => window.frames_.splice(0).length);
  await tab.mouse.down();
  for (let step = 0; step < 80; step++) {
    await tab.mouse.move(middle[0] + Math.sin(step / 6) * 300, middle[1] + Math.cos(step / 6) * 200);
  }
  await tab.mouse.up();
  await tab.waitForTimeout(200);
  const frames = (await tab.evaluate(() => window.frames_)).sort((one, other) => one - other);
  const share = (part) =>
    (frames[Math.min(frames.length - 1, Math.floor(frames.length * part))] ?? 0).toFixed(1);
  console.log(
    `  ${name.padEnd(12)} ${frames.length} frames, callback p50 ${share(0.5)} ms, p95 ${share(0.95)} ms, max ${share(1)} ms`,
  );
}
