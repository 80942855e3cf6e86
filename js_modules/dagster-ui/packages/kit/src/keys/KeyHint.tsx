import styles from "./KeyHint.module.css";

const isApple = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.platform);
const words: Record<string, string> = {
  mod: isApple ? "⌘" : "Ctrl",
  shift: "⇧",
  enter: "↵",
  escape: "Esc",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
};

/** The keys of an action: `mod+k` together, `g a` one after the other. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={styles.hint}>
      {keys.split(" ").map((chord) => (
        <span key={chord} className={styles.chord}>
          {(chord === "+" ? ["+"] : chord.split("+")).map((key) => (
            <kbd key={key}>{words[key] ?? key}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
