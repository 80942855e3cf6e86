import { metadataItems } from "@dagster-ui/client";
import type { AssetQuery } from "@dagster-ui/client/schema";
import { EmptyState, MetadataList, Panel, Tag } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { metadataLinks } from "../../shell/links";
import type { AssetFacts } from "../facts";
import styles from "./AssetPage.module.css";

type Asset = Extract<AssetQuery["assetOrError"], { __typename: "Asset" }>;

/** What the author of the asset wrote, with the way to their code. */
export function Definition({ facts, asset }: { facts: AssetFacts | undefined; asset: Asset }) {
  const { definition } = asset;
  if (!definition) {
    return (
      <EmptyState title="No loaded code defines it">
        Events were stored under this key, but no code location that is loaded now defines the asset.
      </EmptyState>
    );
  }
  const items = metadataItems(definition.metadataEntries);
  const code = items.filter((item) => item.value.kind === "code");
  const others = items.filter((item) => item.value.kind !== "code");
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Panel title="Code">
          {code.length > 0 ? (
            <MetadataList
              items={code.map((item) => ({ ...item, label: "Defined in" }))}
              links={metadataLinks}
            />
          ) : (
            <p className="muted">
              {facts && (
                <>
                  Defined in the code location{" "}
                  <Link className="link" to="/locations">
                    {facts.address}
                  </Link>
                  .{" "}
                </>
              )}
              Wrap the assets in <code>with_source_code_references</code>, and the file and the line stand
              here.
            </p>
          )}
        </Panel>
        <Panel title="Metadata of the definition">
          {others.length === 0 ? (
            <p className="muted">The definition carries no metadata.</p>
          ) : (
            <MetadataList items={others} links={metadataLinks} />
          )}
        </Panel>
      </div>
      <div className={styles.column}>
        <Panel title="Execution">
          <dl className={styles.facts}>
            <Names label="Ops" names={definition.opNames} />
            <Names label="Resources" names={definition.requiredResources.map((each) => each.resourceKey)} />
            <Names label="Pools" names={definition.pools} />
            <Names label="Version" names={definition.opVersion ? [definition.opVersion] : []} />
            <Names label="Automation" names={automation(definition.automationCondition)} />
            <dt>Jobs</dt>
            <dd>
              {facts && facts.jobs.length > 0
                ? facts.jobs.map((job) => (
                    <Link
                      key={job}
                      className="link"
                      to="/jobs/$repository/$job"
                      params={{ repository: facts.address, job }}
                    >
                      {job}{" "}
                    </Link>
                  ))
                : "No job of its own"}
            </dd>
          </dl>
        </Panel>
      </div>
    </div>
  );
}

function automation(condition: { label: string | null; expandedLabel: readonly string[] } | null): string[] {
  if (!condition) return [];
  return [condition.label ?? condition.expandedLabel.join(" ")];
}

function Names({ label, names }: { label: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd className={styles.tags}>
        {names.map((name) => (
          <Tag key={name}>{name}</Tag>
        ))}
      </dd>
    </>
  );
}
