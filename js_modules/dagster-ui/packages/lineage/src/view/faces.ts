/** The shapes of statuses, as the kit draws them. */
export type FaceShape =
  | "check"
  | "cross"
  | "spinner"
  | "clock"
  | "diamond"
  | "ring"
  | "bar"
  | "chevron"
  | "dot";

/** What is drawn of a node. Colours are CSS colours, already of the right theme. */
export interface NodeFace {
  readonly title: string;
  /** What comes before the title, fainter: the path of the key. */
  readonly prefix: string;
  readonly shape: FaceShape;
  readonly colour: string;
  /** The whole box when it is too small for words. */
  readonly tile: string;
  readonly word: string;
  /** At the end of the second line: how long ago. */
  readonly detail: string;
  readonly kind: string;
  /** A second, smaller sign at the end of the first line, where there is more to say. */
  readonly badge?: { readonly shape: FaceShape; readonly colour: string };
}

/** What is drawn of a group. */
export interface GroupFace {
  readonly title: string;
  readonly subtitle: string;
  readonly shape: FaceShape;
  readonly colour: string;
  readonly word: string;
  /** Colours and how many members each has, worst first. */
  readonly shares: readonly { readonly colour: string; readonly count: number }[];
}

/** The colours of everything but the statuses. */
export interface ViewColours {
  readonly canvas: string;
  readonly surface: string;
  readonly group: string;
  readonly border: string;
  readonly borderStrong: string;
  readonly text: string;
  readonly textMuted: string;
  readonly textFaint: string;
  readonly edge: string;
  readonly edgeStrong: string;
  readonly accent: string;
  readonly accentSoft: string;
}

/** Everything that is drawn besides where it lies. */
export interface Faces {
  readonly node: (node: number) => NodeFace;
  readonly group: (group: number) => GroupFace;
  readonly colours: ViewColours;
}

/** What is marked: one box that has the focus, those that are selected, and the one under the pointer. */
export interface Marks {
  readonly focus: number | undefined;
  readonly selected: ReadonlySet<number>;
  readonly hover: number | undefined;
}
