/** The mark: a d whose stem ends in a node. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      style={{ flex: "none", display: "block" }}
    >
      <rect width="32" height="32" rx="8" fill="var(--accent-fill)" />
      <circle cx="13.6" cy="18.8" r="5.4" fill="none" stroke="#fff" strokeWidth="3" />
      <path d="M19.9 24.4V10" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <circle cx="19.9" cy="8" r="3.3" fill="#5eead4" />
    </svg>
  );
}
