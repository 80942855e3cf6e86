import { IconExternalLink, IconFile, IconFileCode } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { CopyButton } from "../states/CopyButton";
import { Time } from "../times/Time";
import { Markdown } from "./Markdown";
import styles from "./metadata.module.css";
import {
  isImageUrl,
  type MetadataItem,
  type MetadataValue,
  numberText,
  prettyJson,
  safeUrl,
  type TableColumn,
  tableRows,
} from "./values";

/** How the application links to its own pages; the kit knows no routes. */
export interface MetadataLinks {
  readonly run: (runId: string) => ReactNode;
  readonly asset: (path: readonly string[]) => ReactNode;
  readonly job: (name: string, location: string) => ReactNode;
}

/** Labels and values, one per row. `extra` draws beside a value, such as its trend. */
export function MetadataList({
  items,
  links,
  extra,
}: {
  items: readonly MetadataItem[];
  links: MetadataLinks;
  extra?: (item: MetadataItem) => ReactNode;
}) {
  return (
    <dl className={styles.list}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: labels may repeat; the list never reorders
        <div key={`${item.label}-${index}`} className={isWide(item.value) ? styles.wide : styles.item}>
          <dt title={item.description}>{item.label}</dt>
          <dd>
            <MetadataView value={item.value} links={links} />
            {extra?.(item)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function isWide(value: MetadataValue): boolean {
  return ["markdown", "json", "schema", "table", "lineage"].includes(value.kind);
}

/** One value in the form that its kind asks for. */
export function MetadataView({ value, links }: { value: MetadataValue; links: MetadataLinks }): ReactNode {
  switch (value.kind) {
    case "text":
      return <LongText text={value.text} />;
    case "number":
      return <span className="number">{numberText(value.value, value.text)}</span>;
    case "bool":
      return <code>{value.value === undefined ? "null" : String(value.value)}</code>;
    case "time":
      return <Time at={value.at} />;
    case "markdown":
      return <Markdown text={value.text} />;
    case "json":
      return <Code text={prettyJson(value.text)} />;
    case "url":
      return <Url url={value.url} />;
    case "path":
      return <Place icon={<IconFile size={14} />} text={value.path} />;
    case "run":
      return links.run(value.runId);
    case "asset":
      return links.asset(value.path);
    case "job":
      return links.job(value.name, value.location);
    case "code":
      return <CodePlaces places={value.places} />;
    case "schema":
      return <SchemaTable columns={value.columns} />;
    case "table":
      return <RecordTable columns={value.columns} records={value.records} />;
    case "lineage":
      return <LineageTable columns={value.columns} links={links} />;
    case "null":
      return <code>null</code>;
  }
}

function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  if (text.length <= 400) return <span className={styles.text}>{text}</span>;
  return (
    <span className={styles.text}>
      {isOpen ? text : `${text.slice(0, 400)}…`}{" "}
      <button type="button" className={styles.more} onClick={() => setOpen(!isOpen)}>
        {isOpen ? "Less" : `All ${text.length.toLocaleString("en")} characters`}
      </button>
    </span>
  );
}

function Url({ url }: { url: string }) {
  const href = safeUrl(url);
  if (href === undefined) return <span className={styles.text}>{url}</span>;
  return (
    <a className="link" href={href} target="_blank" rel="noreferrer noopener">
      {isImageUrl(url) && <img className={styles.image} src={href} alt="" loading="lazy" />}
      {url} <IconExternalLink size={12} aria-label="opens a new tab" />
    </a>
  );
}

function Place({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <span className={styles.place}>
      {icon}
      <code>{text}</code>
      <CopyButton text={text} label="Copy the path" />
    </span>
  );
}

/** Where definitions stand in the user's code. */
export function CodePlaces({ places }: { places: Extract<MetadataValue, { kind: "code" }>["places"] }) {
  return places.map((place) => {
    const text = place.line === undefined ? place.file : `${place.file}:${place.line}`;
    const href = place.url === undefined ? undefined : safeUrl(place.url);
    return href ? (
      <a key={text} className="link" href={href} target="_blank" rel="noreferrer noopener">
        {text}
      </a>
    ) : (
      <Place key={text} icon={<IconFileCode size={14} />} text={text} />
    );
  });
}

/** A block of code or JSON with a button that copies it. */
export function Code({ text }: { text: string }) {
  return (
    <div className={styles.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
      <span className={styles.codeCopy}>
        <CopyButton text={text} />
      </span>
    </div>
  );
}

/** The columns of a table: name, type, constraints, description. */
export function SchemaTable({ columns }: { columns: readonly TableColumn[] }) {
  return (
    <ScrollBox>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Column</th>
            <th>Type</th>
            <th>Description</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name}>
              <td>
                <code>{column.name}</code>
              </td>
              <td>
                <code className="muted">{column.type}</code>
                {column.constraints?.map((each) => (
                  <span key={each} className={styles.constraint}>
                    {each}
                  </span>
                ))}
              </td>
              <td className="muted">{column.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function RecordTable({ columns, records }: { columns: readonly TableColumn[]; records: readonly string[] }) {
  const rows = tableRows(columns, records);
  return (
    <ScrollBox>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} title={column.type}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: records have no identity and never move
            <tr key={index}>
              {row.map((cell, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells follow their columns
                <td key={place} className="number">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function LineageTable({
  columns,
  links,
}: {
  columns: Extract<MetadataValue, { kind: "lineage" }>["columns"];
  links: MetadataLinks;
}) {
  return (
    <ScrollBox>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Column</th>
            <th>Upstream</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.column}>
              <td>
                <code>{column.column}</code>
              </td>
              <td>
                {column.from.map((source) => (
                  <div key={`${source.path.join("/")}.${source.column}`}>
                    {links.asset(source.path)} <code className="muted">{source.column}</code>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function ScrollBox({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <div role="group" className={styles.scroll} tabIndex={0} aria-label="Table">
      {children}
    </div>
  );
}
