/** A value that user code attached to an event or a definition, apart from how the API spells it. */
export type MetadataValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly value: number | undefined; readonly text: string }
  | { readonly kind: "bool"; readonly value: boolean | undefined }
  | { readonly kind: "time"; readonly at: number }
  | { readonly kind: "markdown"; readonly text: string }
  | { readonly kind: "json"; readonly text: string }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "asset"; readonly path: readonly string[] }
  | { readonly kind: "job"; readonly name: string; readonly location: string }
  | { readonly kind: "code"; readonly places: readonly CodePlace[] }
  | { readonly kind: "schema"; readonly columns: readonly TableColumn[] }
  | { readonly kind: "table"; readonly columns: readonly TableColumn[]; readonly records: readonly string[] }
  | { readonly kind: "lineage"; readonly columns: readonly ColumnLineage[] }
  | { readonly kind: "null" };

export interface MetadataItem {
  readonly label: string;
  readonly description: string | undefined;
  readonly value: MetadataValue;
}

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly description?: string | undefined;
  readonly constraints?: readonly string[];
  readonly tags?: readonly string[];
}

export interface ColumnLineage {
  readonly column: string;
  readonly from: readonly { readonly path: readonly string[]; readonly column: string }[];
}

export interface CodePlace {
  readonly file: string;
  readonly line: number | undefined;
  readonly url: string | undefined;
}

/** The address when it may be followed: http, https, mailto or a path of this site; undefined for anything else. */
export function safeUrl(url: string): string | undefined {
  const trimmed = url.trim();
  if (/^\/(?!\/)/.test(trimmed)) return trimmed;
  return /^(https?|mailto):/i.test(trimmed) ? trimmed : undefined;
}

/** Whether the address names an image that a browser shows. */
export function isImageUrl(url: string): boolean {
  return /^https?:\/\//i.test(url) && /\.(png|jpe?g|gif|webp|svg|avif)(\?|#|$)/i.test(url);
}

/** JSON with two spaces, or the text as it is when it is no JSON. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** The records of a table as rows of text in the order of its columns; a record that is no JSON object is left out. */
export function tableRows(columns: readonly TableColumn[], records: readonly string[]): string[][] {
  return records.flatMap((record) => {
    const row = parseRecord(record);
    return row === undefined ? [] : [columns.map((column) => cellText(row.get(column.name)))];
  });
}

function parseRecord(record: string): Map<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(record);
    return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

/** Thousands apart, six decimals at most; what JavaScript cannot hold exactly stays as the server wrote it. */
export function numberText(value: number | undefined, text: string): string {
  if (value === undefined || !Number.isFinite(value)) return text;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return text;
  return grouped.format(value);
}
