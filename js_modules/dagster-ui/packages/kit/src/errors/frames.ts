/** One frame of a Python traceback. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly place: string;
  readonly source: string | undefined;
  /** Whether the user wrote this line, as opposed to Python, a package or the framework. */
  readonly isOwn: boolean;
}

/** What went wrong, as the server tells it: the innermost cause last. */
export interface Problem {
  readonly className: string | undefined;
  readonly message: string;
  readonly stack: readonly string[];
  readonly causes: readonly Problem[];
}

const framePattern = /^\s*File "(.+?)", line (\d+)(?:, in (.+?))?\s*$/;
/** How a location that does not load tells its line: `defs.py:10: eur = RATES["eur"]`. */
const shortPattern = /^\s*(\S.*?\.py):(\d+):\s(.+)$/;
// Compiled packages name their sources (.pyx, .pxi) without saying where they lie.
const foreignPath =
  /[\\/](site|dist)-packages[\\/]|[\\/]lib[\\/]python\d|[\\/]python_modules[\\/]dagster|^<|\.p(yx|xi|xd)$/;

/** The frames of a traceback, in its order; each entry of `stack` holds one frame or the lines of several. */
export function parseFrames(stack: readonly string[]): Frame[] {
  const lines = stack.flatMap((entry) => entry.split("\n"));
  const frames: Frame[] = [];
  lines.forEach((text, index) => {
    const found = framePattern.exec(text);
    const short = found ? null : shortPattern.exec(text);
    if (short) {
      const [, file = "", line = "0", source = ""] = short;
      frames.push({ file, line: Number(line), place: "", source, isOwn: !foreignPath.test(file) });
    }
    if (!found) return;
    const [, file = "", line = "0", place = ""] = found;
    const next = lines[index + 1];
    const source = next !== undefined && !framePattern.test(next) ? next.trim() : "";
    frames.push({
      file,
      line: Number(line),
      place,
      source: source === "" ? undefined : source,
      isOwn: !foreignPath.test(file),
    });
  });
  return frames;
}

/**
 * The problem to show first: the innermost cause whose traceback holds a line of the user, for what the framework wraps around it
 * only says where it was called.
 */
export function rootProblem(problem: Problem): Problem {
  const chain = [problem, ...problem.causes];
  const own = chain.filter((each) => parseFrames(each.stack).some((frame) => frame.isOwn));
  return own.at(-1) ?? chain.at(-1) ?? problem;
}

/** Another problem of the same chain, with how it stands to the one that is shown first. */
export interface Relative {
  readonly problem: Problem;
  /** Raised because of it, or what it was raised because of. */
  readonly kind: "led to" | "because of";
  /** Whether the user has a part in it: what only the framework wraps around says nothing new. */
  readonly isOwn: boolean;
}

/** The others of the chain, from the one that is shown outwards, then inwards. */
export function relativesOf(problem: Problem): Relative[] {
  const chain = [problem, ...problem.causes];
  const place = chain.indexOf(rootProblem(problem));
  const told = (each: Problem, kind: Relative["kind"]) => ({
    problem: each,
    kind,
    isOwn: ownFrame(each) !== undefined,
  });
  return [
    ...chain
      .slice(0, place)
      .map((each) => told(each, "led to"))
      .reverse(),
    ...chain.slice(place + 1).map((each) => told(each, "because of")),
  ];
}

/** The user's last line before it went wrong. */
export function ownFrame(problem: Problem): Frame | undefined {
  return parseFrames(problem.stack).findLast((frame) => frame.isOwn);
}

/** The message without the class name that the server may have put before it, alone or with its module; "" where that is all. */
export function plainMessage(problem: Problem): string {
  const message = problem.message.trim();
  if (message === problem.className) return "";
  const [prefix = "", name] = /^(?:\w+\.)*(\w+): /.exec(message) ?? [];
  if (message === problem.className) return "";
  return name !== undefined && name === problem.className ? message.slice(prefix.length) : message;
}

/** Runs of the user's frames and runs of foreign ones, to fold the latter. */
export function groupFrames(frames: readonly Frame[]): { isOwn: boolean; frames: Frame[] }[] {
  const groups: { isOwn: boolean; frames: Frame[] }[] = [];
  for (const frame of frames) {
    const last = groups.at(-1);
    if (last?.isOwn === frame.isOwn) last.frames.push(frame);
    else groups.push({ isOwn: frame.isOwn, frames: [frame] });
  }
  return groups;
}

/** The last directories of a path: enough to know the file. */
export function shortPath(file: string, parts = 3): string {
  const pieces = file.split(/[\\/]/);
  return pieces.length <= parts ? file : pieces.slice(-parts).join("/");
}
