import styles from "./plots.module.css";

/** The line of a few values, oldest first, with its ends as the label. */
export function Sparkline({
  values,
  label,
  width = 96,
  height = 20,
}: {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
}) {
  if (values.length < 2) return null;
  return (
    <svg className={styles.spark} width={width} height={height} role="img" aria-label={label}>
      <path d={sparkPath(values, width, height)} />
    </svg>
  );
}

/** The SVG path of the values within the box, one pixel of margin kept for the stroke. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  const step = (width - 2) / (values.length - 1);
  return values
    .map((value, index) => {
      const share = range === 0 ? 0.5 : (value - low) / range;
      const y = height - 1.5 - share * (height - 3);
      return `${index === 0 ? "M" : "L"}${(1 + index * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
