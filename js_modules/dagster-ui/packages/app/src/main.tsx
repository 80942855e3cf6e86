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
const assets = new AssetStore(connection.ask);
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
                  <FeedProvider>
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
