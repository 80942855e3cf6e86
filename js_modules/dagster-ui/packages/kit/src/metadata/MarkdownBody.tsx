import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";
import { useMemo } from "react";
import styles from "./metadata.module.css";

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false });

/** The HTML of a user's markdown, without anything that acts. */
export function renderMarkdown(text: string): string {
  return DOMPurify.sanitize(markdown.render(text), {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ["style", "form", "input"],
  });
}

export function MarkdownBody({ text }: { text: string }) {
  const html = useMemo(() => renderMarkdown(text), [text]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised one line above
  return <div className={styles.markdown} dangerouslySetInnerHTML={{ __html: html }} />;
}
