import { type ReactNode, useState } from "react";
import { CopyButton } from "../states/CopyButton";
import { StatusMark } from "../statuses/StatusMark";
import styles from "./ErrorCard.module.css";
import {
  type Frame,
  groupFrames,
  ownFrame,
  type Problem,
  parseFrames,
  plainMessage,
  type Relative,
  relativesOf,
  rootProblem,
  shortPath,
} from "./frames";

interface ErrorCardProps {
  problem: Problem;
  /** Where it happened, such as the step. */
  title?: ReactNode;
  actions?: ReactNode;
  initiallyOpen?: boolean;
}

/** The user's own exception and line first; frames of packages folded, causes below. */
export function ErrorCard({ problem, title, actions, initiallyOpen = false }: ErrorCardProps) {
  const [isOpen, setOpen] = useState(initiallyOpen);
  const root = rootProblem(problem);
  const frame = ownFrame(root);
  const relatives = relativesOf(problem);
  return (
    <section className={styles.card} aria-label={`Error: ${root.className ?? "unknown"}`}>
      <header className={styles.head}>
        <StatusMark status="failed" size={16} />
        <div className={styles.headText}>
          {title !== undefined && <div className={styles.title}>{title}</div>}
          <div className={styles.message}>
            {root.className && <strong>{root.className}</strong>}
            <span>{plainMessage(root)}</span>
          </div>
        </div>
        <div className={styles.actions}>
          <CopyButton text={fullText(problem)} label="Copy the whole error" />
          {actions}
        </div>
      </header>
      {frame && <OwnFrame frame={frame} />}
      <Chain relatives={relatives.filter((each) => each.isOwn)} />
      <button type="button" className={styles.toggle} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
        {isOpen ? "Hide the traceback" : "Show the traceback"}
      </button>
      {isOpen && (
        <div className={styles.trace}>
          <Traceback problem={root} />
          {relatives.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: causes have no identity and never move
            <div key={index}>
              <p className={styles.around}>{relativeWords[each.kind]}</p>
              <p className={styles.message}>
                <strong>{each.problem.className}</strong> <span>{plainMessage(each.problem)}</span>
              </p>
              <Traceback problem={each.problem} />
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

const relativeWords = { "led to": "It led to", "because of": "It came from" };

/** What the user raised because of it, or what it came from, each on a line. */
function Chain({ relatives }: { relatives: readonly Relative[] }) {
  if (relatives.length === 0) return null;
  return (
    <ul className={styles.chain}>
      {relatives.map(({ problem, kind }, index) => {
        const frame = ownFrame(problem);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: causes have no identity and never move
          <li key={index}>
            <span className="muted">{relativeWords[kind]}</span> <strong>{problem.className}</strong>{" "}
            {plainMessage(problem)}
            {frame && (
              <span className={styles.chainPlace} title={frame.file}>
                {shortPath(frame.file)}:{frame.line}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function OwnFrame({ frame }: { frame: Frame }) {
  return (
    <div className={styles.own}>
      <div className={styles.place}>
        <span className={styles.path} title={frame.file}>
          {shortPath(frame.file)}:{frame.line}
        </span>
        {frame.place && <span className="faint ellipsis">in {frame.place}</span>}
        <CopyButton text={`${frame.file}:${frame.line}`} label="Copy path and line" />
      </div>
      {frame.source && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        <pre className={styles.source} tabIndex={0}>
          <span className={styles.lineNumber}>{frame.line}</span>
          {frame.source}
        </pre>
      )}
    </div>
  );
}

/** The frames of one problem, those of packages folded. */
export function Traceback({ problem }: { problem: Problem }) {
  const frames = parseFrames(problem.stack);
  if (frames.length === 0)
    return problem.stack.length > 0 ? <pre className={styles.raw}>{problem.stack.join("")}</pre> : null;
  return (
    <ol className={styles.frames}>
      {groupFrames(frames).map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: frames have no identity and never move
        <li key={index}>
          {group.isOwn ? (
            group.frames.map((frame) => <FrameLines key={`${frame.file}:${frame.line}`} frame={frame} />)
          ) : (
            <details>
              <summary>
                {group.frames.length} {group.frames.length === 1 ? "frame" : "frames"} of packages
              </summary>
              {group.frames.map((frame) => (
                <FrameLines key={`${frame.file}:${frame.line}:${frame.place}`} frame={frame} />
              ))}
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function FrameLines({ frame }: { frame: Frame }) {
  return (
    <div className={frame.isOwn ? styles.ownLines : styles.foreignLines}>
      <span title={frame.file}>
        {shortPath(frame.file, frame.isOwn ? 4 : 3)}:{frame.line}
      </span>
      {frame.place && <span className="faint"> in {frame.place}</span>}
      {frame.source && <pre>{frame.source}</pre>}
    </div>
  );
}

function fullText(problem: Problem): string {
  return [problem, ...problem.causes].map((each) => `${each.stack.join("")}${each.message}`).join("\n\n");
}
