import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type UserConfig } from "vite";

const output = path.resolve(
  import.meta.dirname,
  "../../../../python_modules/dagster-webserver/dagster_webserver/static",
);
const server = process.env.DAGSTER_WEBSERVER_URL ?? "http://127.0.0.1:3000";

export default defineConfig(
  async ({ mode }): Promise<UserConfig> => ({
    // Relative, so that one build serves below any --path-prefix; index.html carries the base.
    base: "./",
    plugins: [react(), mode === "mock" ? (await import("./mock/server")).mockServer() : compressed()],
    build: {
      outDir: output,
      // Not `assets`, which is the address of a page.
      assetsDir: "built",
      emptyOutDir: true,
      target: "es2022",
      manifest: true,
      chunkSizeWarningLimit: 700,
      assetsInlineLimit: 0,
    },
    worker: { format: "es" },
    server: {
      host: "127.0.0.1",
      proxy:
        mode === "mock"
          ? undefined
          : {
              // The server answers pages of its own origin alone.
              "/graphql": { target: server, ws: true, changeOrigin: true, headers: { origin: server } },
              "/server_info": server,
              "/logs": server,
            },
    },
  }),
);

/** Writes a .gz and a .br beside each file that is worth it; the web server sends them as they are. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(output, { recursive: true, encoding: "utf8" })) {
        const file = path.join(output, name);
        if (!/\.(js|css|html|svg|json)$/.test(name) || !statSync(file).isFile()) continue;
        const content = readFileSync(file);
        if (content.length < 512) continue;
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(
          `${file}.br`,
          brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
        );
      }
    },
  };
}
