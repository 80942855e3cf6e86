import { lazy, Suspense } from "react";

const MarkdownBody = lazy(() =>
  import("./MarkdownBody").then((module) => ({ default: module.MarkdownBody })),
);

/** Markdown of users: HTML in it is shown as text, and what is rendered is sanitised again. Loaded on first use. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<div style={{ whiteSpace: "pre-wrap" }}>{text}</div>}>
      <MarkdownBody text={text} />
    </Suspense>
  );
}
