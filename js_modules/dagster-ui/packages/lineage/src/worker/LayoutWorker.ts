import type { Layout, LayoutRequest } from "../layout/compound";

/** Makes layouts in a thread of its own; only the answer to the latest question counts. */
export class LayoutWorker {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  #latest = 0;

  /** The layout, or undefined when a later question overtook this one. */
  layout(request: LayoutRequest): Promise<Layout | undefined> {
    this.#latest++;
    const id = this.#latest;
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        this.#worker.removeEventListener("message", onMessage);
        this.#worker.removeEventListener("error", onError);
        settle();
      };
      const onMessage = (event: MessageEvent<{ id: number; layout: Layout }>) => {
        if (event.data.id !== id) return;
        finish(() => resolve(id === this.#latest ? event.data.layout : undefined));
      };
      const onError = (event: ErrorEvent) =>
        finish(() => reject(new Error(`The layout failed: ${event.message}`)));
      this.#worker.addEventListener("message", onMessage);
      this.#worker.addEventListener("error", onError);
      this.#worker.postMessage({ id, request });
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}
