import "@dagster-ui/kit/styles.css";
import { ClientProvider, connect, FeedProvider } from "@dagster-ui/client";
import { KitProvider } from "@dagster-ui/kit";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { AssetStore } from "./assets/store";
import { AssetStoreContext } from "./assets/use";
import { CommandsProvider } from "./commands/commands";
import { makeRouter } from "./router";
import { SettingsProvider } from "./settings/settings";
import { ConnectionContext } from "./shell/connection";

const root = document.getElementById("root");
const connection = connect(document.baseURI);
/** So long the assets wait for the feed: asked for after it opened, they need not be asked for again. */
const patienceMillis = 500;
let open = () => {};
const opened = new Promise<void>((resolve) => {
  open = resolve;
  setTimeout(resolve, patienceMillis);
});
const assets = new AssetStore(connection.ask, opened);
const router = makeRouter(new URL(document.baseURI).pathname);

if (root) {
  createRoot(root).render(
    <StrictMode>
      <ConnectionContext value={connection}>
        <ClientProvider value={connection.client}>
          <KitProvider>
            <SettingsProvider>
              <AssetStoreContext value={assets}>
                <CommandsProvider>
                  <FeedProvider onOpen={open}>
                    <RouterProvider router={router} />
                  </FeedProvider>
                </CommandsProvider>
              </AssetStoreContext>
            </SettingsProvider>
          </KitProvider>
        </ClientProvider>
      </ConnectionContext>
    </StrictMode>,
  );
}
