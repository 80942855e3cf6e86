import {
  countStatuses,
  formatAgo,
  type Status,
  statusFacts,
  type TokenName,
  type Tokens,
  worstStatus,
} from "@dagster-ui/kit";
import {
  type Faces,
  type GroupFace,
  type LayoutRequest,
  type NodeFace,
  sizes,
  type ViewColours,
} from "@dagster-ui/lineage";
import { type AssetFacts, checksStatus, checksText, partitionsText, wordOfAsset } from "../facts";
import { type Assets, stateOf } from "../store";

/** The shown assets as numbered nodes and groups. */
export interface GraphModel {
  readonly nodes: readonly AssetFacts[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly groups: readonly GroupModel[];
  readonly groupOf: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export interface GroupModel {
  /** The name and, because two locations may use the same name, where it is defined. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly members: readonly number[];
}

/** The graph of these assets alone: an edge is drawn when both of its ends are shown. */
export function makeModel(facts: readonly AssetFacts[]): GraphModel {
  const nodes = [...facts].sort((one, other) => (one.key < other.key ? -1 : 1));
  const indexOf = new Map(nodes.map((each, index) => [each.key, index]));
  const groupIds = [...new Set(nodes.map(groupId))].sort();
  const numberOf = new Map(groupIds.map((id, index) => [id, index]));
  const groupOf = Int32Array.from(nodes, (each) => numberOf.get(groupId(each)) ?? 0);
  const members = groupIds.map((): number[] => []);
  for (const [node, group] of groupOf.entries()) members[group]?.push(node);
  const groups = groupIds.map((id, group): GroupModel => {
    const first = nodes[members[group]?.[0] ?? 0];
    return { id, name: first?.group ?? "", address: first?.address ?? "", members: members[group] ?? [] };
  });
  const from: number[] = [];
  const to: number[] = [];
  for (const [node, each] of nodes.entries()) {
    for (const key of new Set(each.upstream)) {
      const parent = indexOf.get(key);
      if (parent === undefined || parent === node) continue;
      from.push(parent);
      to.push(node);
    }
  }
  return { nodes, indexOf, groups, groupOf, from: Int32Array.from(from), to: Int32Array.from(to) };
}

function groupId(facts: AssetFacts): string {
  return `${facts.group}@${facts.address}`;
}

/** Up to so many assets all groups stand open at first. */
const fewAssets = 80;

/** Which groups stand open: those that the address names, `all` or `none`; without a word all of them when the assets are few. */
export function openGroups(model: GraphModel, named: readonly string[] | undefined): Uint8Array {
  const isAll = named === undefined ? model.nodes.length <= fewAssets : named.includes("all");
  const open = new Set(named);
  return Uint8Array.from(model.groups, (group) => (isAll || open.has(group.id) ? 1 : 0));
}

/** What the address says after the group was opened or closed. */
export function toggledGroups(model: GraphModel, isOpen: Uint8Array, group: number): string[] {
  const open = model.groups.filter((_, index) => (index === group ? !isOpen[index] : isOpen[index]));
  if (open.length === model.groups.length) return ["all"];
  return open.length === 0 ? ["none"] : open.map((each) => each.id);
}

/** About what a letter of a name takes, somewhat larger than in a card so that it can also be read from farther away. */
const letterWidth = 9;
const besideName = 48;

/** @param aspect of the place where it is shown: its width as a multiple of its height. */
export function layoutRequest(model: GraphModel, isOpen: Uint8Array, aspect: number): LayoutRequest {
  const longest = model.nodes.reduce((most, each) => Math.max(most, each.path.at(-1)?.length ?? 0), 0);
  const { least, most } = sizes.node;
  return {
    aspect,
    nodeWidth: Math.min(most, Math.max(least, besideName + longest * letterWidth)),
    nodes: model.nodes.length,
    from: model.from,
    to: model.to,
    groupOf: model.groupOf,
    groups: model.groups.length,
    isOpen,
  };
}

/** The node after this one, in the order of keys and round again, that failed. */
export function nextFailed(model: GraphModel, assets: Assets, node: number | undefined): number | undefined {
  const failed = model.nodes.flatMap((each, index) =>
    stateOf(assets, each.key).status === "failed" ? [index] : [],
  );
  return failed.find((each) => node === undefined || each > node) ?? failed[0];
}

/** How everything looks now; made face by face when it comes into view. */
export function makeFaces(model: GraphModel, assets: Assets, tokens: Tokens, nowMillis: number): Faces {
  const nodes: NodeFace[] = [];
  const groups: GroupFace[] = [];
  return {
    colours: viewColours(tokens),
    node: (node) => {
      const known = nodes[node];
      if (known) return known;
      const face = nodeFace(model.nodes[node], assets, tokens, nowMillis);
      nodes[node] = face;
      return face;
    },
    group: (group) => {
      const known = groups[group];
      if (known) return known;
      const face = groupFace(model, group, assets, tokens);
      groups[group] = face;
      return face;
    },
  };
}

function nodeFace(
  facts: AssetFacts | undefined,
  assets: Assets,
  tokens: Tokens,
  nowMillis: number,
): NodeFace {
  const state = stateOf(assets, facts?.key ?? "");
  const { shape, colour, word } = statusFacts[state.status];
  const checks = checksStatus(state);
  const badge = checks && statusFacts[checks];
  const told = [partitionsText(state), checksText(state)].filter((each) => each !== undefined);
  return {
    title: facts?.path.at(-1) ?? "",
    prefix: facts?.path.slice(0, -1).join("/") ?? "",
    shape,
    colour: tokens[colour],
    tile: tokens[tileTokens[colour] ?? colour],
    word: told.length > 0 && !isMoving(state.status) ? told.join(", ") : (wordOfAsset(state.status) ?? word),
    detail: state.materializedAt === undefined ? "" : formatAgo(state.materializedAt, nowMillis),
    kind: facts?.kinds[0] ?? "",
    badge: badge && { shape: badge.shape, colour: tokens[badge.colour] },
  };
}

/** While something goes on, that is the word. */
function isMoving(status: Status): boolean {
  return status === "running" || status === "queued";
}

// From afar only what asks for attention is loud.
const tileTokens: Partial<Record<TokenName, TokenName>> = { ok: "okTile", idle: "idleTile" };

function groupFace(model: GraphModel, group: number, assets: Assets, tokens: Tokens): GroupFace {
  const { name, members } = model.groups[group] ?? { name: "", members: [] };
  const statuses = members.map((node) => stateOf(assets, model.nodes[node]?.key ?? "").status);
  const worst = worstStatus(statuses);
  const counts = countStatuses(statuses);
  const count = counts.find(([status]) => status === worst)?.[1] ?? 0;
  const { shape, colour, word } = statusFacts[worst];
  return {
    title: name,
    subtitle: members.length === 1 ? "1 asset" : `${members.length.toLocaleString("en")} assets`,
    shape,
    colour: tokens[colour],
    word: worst === "ok" ? "all materialized" : `${count} ${shortWord(worst, word)}`,
    shares: counts.map(([status, each]) => ({
      colour: tokens[tileTokens[statusFacts[status].colour] ?? statusFacts[status].colour],
      count: each,
    })),
  };
}

/** What stands beside a count, where there is little room. */
function shortWord(status: Status, word: string): string {
  return status === "missing" ? "missing" : (wordOfAsset(status) ?? word).toLowerCase();
}

function viewColours(tokens: Tokens): ViewColours {
  const {
    canvas,
    surface,
    border,
    borderStrong,
    text,
    textMuted,
    textFaint,
    edge,
    edgeStrong,
    accent,
    accentSoft,
  } = tokens;
  const texts = { text, textMuted, textFaint };
  return {
    canvas,
    surface,
    group: tokens.sunken,
    border,
    borderStrong,
    ...texts,
    edge,
    edgeStrong,
    accent,
    accentSoft,
  };
}
