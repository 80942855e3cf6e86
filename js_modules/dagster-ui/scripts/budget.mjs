// Adds up what the browser must fetch for the first route, and fails when that is over the budget.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const budgetBytes = 220_000;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const output = path.join(root, "python_modules/dagster-webserver/dagster_webserver/static");
const manifest = JSON.parse(readFileSync(path.join(output, ".vite/manifest.json"), "utf8"));
const files = new Set();

function collect(name) {
  const chunk = manifest[name];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const each of chunk.imports ?? []) collect(each);
}

collect("index.html");
collect(Object.keys(manifest).find((name) => name.endsWith("home/HomePage.tsx")));
const sizes = [...files]
  .map((file) => [file, gzipSync(readFileSync(path.join(output, file)), { level: 9 }).length])
  .sort((one, other) => other[1] - one[1]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [file, size] of sizes.slice(0, 8))
  console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${file}`);
console.log(
  `${(total / 1000).toFixed(1).padStart(8)} kB  first route, gzip (budget ${budgetBytes / 1000} kB)`,
);
if (total > budgetBytes) {
  console.error("The first route is over its budget: load something later, or leave it out.");
  process.exit(1);
}
