// Takes each page, light and dark, wide and narrow: `npm run screenshots -- --url http://127.0.0.1:3000`. Says what axe finds and
// what the console said; without an address it serves the imagined workspace itself.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    url: { type: "string" },
    out: { type: "string", default: path.join(here, "../screenshots") },
    only: { type: "string" },
    page: { type: "string", multiple: true },
    theme: { type: "string", multiple: true, default: ["light", "dark"] },
    width: { type: "string", multiple: true, default: ["1440", "390"] },
    browser: { type: "string", default: "/usr/bin/chromium" },
  },
});

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const profile = mkdtempSync(path.join(tmpdir(), "dagster-screenshots-"));
const stop = values.url ? () => {} : await serveMock();
const url = values.url ?? stop.url;
const pages = values.page
  ? values.page.map((each) => [each.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "home", each])
  : await pagesOf(url);
mkdirSync(values.out, { recursive: true });

const browser = await chromium.launchPersistentContext(profile, {
  executablePath: values.browser,
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
let problems = 0;
for (const width of values.width) for (const theme of values.theme) await takeAll(Number(width), theme);
await browser.close();
await stop();
rmSync(profile, { recursive: true, force: true });
process.exit(problems > 0 ? 1 : 0);

async function takeAll(width, theme) {
  const tab = await browser.newPage();
  await tab.setViewportSize({ width, height: width < 640 ? 844 : 900 });
  await tab.emulateMedia({ colorScheme: theme });
  const said = [];
  tab.on("console", (message) => message.type() === "error" && said.push(message.text()));
  tab.on("pageerror", (error) => said.push(String(error)));
  for (const [name, address] of pages) {
    if (values.only && !name.includes(values.only)) continue;
    said.length = 0;
    await tab.goto(new URL(address, url).href);
    await tab.waitForSelector("main :is(h1, [role=grid], [role=application], [role=alert], p)", {
      state: "attached",
      timeout: 20_000,
    });
    await tab.waitForLoadState("networkidle").catch(() => {});
    await tab.waitForTimeout(400);
    const file = path.join(values.out, `${name}-${theme}-${width}.png`);
    await tab.screenshot({ path: file });
    await tab.evaluate(axe);
    const found = await tab.evaluate(() =>
      window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] }),
    );
    const grave = found.violations.filter((each) => ["serious", "critical"].includes(each.impact));
    problems += grave.length + said.length;
    console.log(`${path.basename(file)}${grave.length + said.length === 0 ? "" : "  PROBLEMS"}`);
    for (const each of grave)
      console.log(
        `    axe ${each.impact} ${each.id}: ${each.nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 140))
          .join(" | ")}`,
      );
    for (const each of new Set(said)) console.log(`    console: ${each.slice(0, 300)}`);
  }
  await tab.close();
}

// Every page; those of one asset, run or job for the first that the server names.
async function pagesOf(base) {
  const asset = await ask(base, "{ assetNodes { assetKey { path } } }", (data) =>
    data.assetNodes[0]?.assetKey.path.join("/"),
  );
  const run = await ask(
    base,
    "{ runsOrError(limit: 25) { ... on Runs { results { id status } } } }",
    ({ runsOrError: { results } }) => (results.find((each) => each.status === "FAILURE") ?? results[0])?.id,
  );
  const { job, instigator } = await ask(
    base,
    `{ repositoriesOrError { ... on RepositoryConnection { nodes { location { name }
      pipelines { name isAssetJob } schedules { name } sensors { name } } } } }`,
    ({ repositoriesOrError: { nodes } }) => firstsOf(nodes ?? []),
  );
  return [
    ["home", "/"],
    ["assets-list", "/assets"],
    ["assets-graph", "/assets?view=graph"],
    ...(asset
      ? [
          ["assets-inspector", `/assets?view=graph&focus=${encodeURIComponent(asset)}`],
          ["asset", `/assets/${asset}`],
          ["asset-events", `/assets/${asset}?tab=events`],
          ["asset-definition", `/assets/${asset}?tab=definition`],
        ]
      : []),
    ["runs", "/runs"],
    ...(run ? [["run", `/runs/${run}`]] : []),
    ["jobs", "/jobs"],
    ...(job
      ? [
          ["job", `/jobs/${job}`],
          ["job-launchpad", `/jobs/${job}?tab=launchpad`],
          ["job-runs", `/jobs/${job}?tab=runs`],
        ]
      : []),
    ["automation", "/automation"],
    ...(instigator ? [["automation-inspector", `/automation?focus=${encodeURIComponent(instigator)}`]] : []),
    ["locations", "/locations"],
    ["settings", "/settings"],
    ["not-found", "/no/such/page"],
  ];
}

// A job of ops before one of assets, since it has more to configure; a sensor before a schedule, since it has a cursor.
function firstsOf(repositories) {
  const named = (pick) =>
    repositories.flatMap((each) =>
      pick(each).map((one) => ({ ...one, address: `${each.location.name}/${one.name}` })),
    );
  const jobs = named((each) => each.pipelines).filter((each) => !each.name.startsWith("__"));
  const instigators = [...named((each) => each.sensors), ...named((each) => each.schedules)];
  return {
    job: (jobs.find((each) => !each.isAssetJob) ?? jobs[0])?.address,
    instigator: instigators[0]?.address,
  };
}

async function ask(base, query, pick) {
  const response = await fetch(new URL("graphql", base), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return pick((await response.json()).data);
}

async function serveMock() {
  const { createServer } = await import("vite");
  const server = await createServer({
    root: path.join(here, "../packages/app"),
    mode: "mock",
    logLevel: "warn",
  });
  await server.listen(0);
  const close = () => server.close();
  close.url = server.resolvedUrls.local[0];
  return close;
}
