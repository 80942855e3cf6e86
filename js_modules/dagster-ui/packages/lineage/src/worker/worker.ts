import { type LayoutRequest, layoutCompound } from "../layout/compound";

// The thread in which layouts are made; `LayoutWorker` speaks with it.
self.addEventListener("message", (event: MessageEvent<{ id: number; request: LayoutRequest }>) => {
  const { id, request } = event.data;
  const layout = layoutCompound(request);
  const { x, y, width, height, from, to, routeStart, points } = layout;
  const transfer = [x, y, width, height, from, to, routeStart, points].map((array) => array.buffer);
  self.postMessage({ id, layout }, { transfer });
});
