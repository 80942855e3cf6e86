// @vitest-environment jsdom
import { expect, it } from "vitest";
import { renderMarkdown } from "./MarkdownBody";

it("renders tables and emphasis", () => {
  const html = renderMarkdown("**bold**\n\n| a | b |\n|---|---|\n| 1 | 2 |");
  expect(html).toContain("<strong>bold</strong>");
  expect(html).toContain("<td>1</td>");
});

it.each([
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  "[x](javascript:alert(1))",
  "![x](javascript:alert(1))",
  '<a href="javascript:alert(1)">x</a>',
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
])("renders nothing that acts from %s", (text) => {
  const box = document.createElement("div");
  box.innerHTML = renderMarkdown(text);
  expect(box.querySelector("script, [onerror], [onclick]")).toBeNull();
  for (const link of box.querySelectorAll("[href], [src]")) {
    expect(link.getAttribute("href") ?? link.getAttribute("src")).not.toMatch(/^(javascript|data):/i);
  }
});
